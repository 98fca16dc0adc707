/*
 * The container's process 1, until it becomes the server; the image has no shell. Started as root, it gives the two
 * folders to PUID:PGID and drops to that user for good; started with `user:`, it leaves everything as it is. Then it
 * runs Streamcache with the flags of bin/streamcache, by exec, so that signals arrive. Linked statically.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define HOME "/opt/streamcache"

enum { BAD_USE = 2, CANNOT_RUN = 126, MOST_WORDS = 1024, OPEN_FOLDERS = 16 };

/* What systems put into a folder by themselves does not make it somebody's. */
static const char *const HARMLESS[] = {"lost+found", "@eaDir", ".DS_Store"};
static const char *const HARMLESS_BEGINNINGS[] = {".Trash", ".snapshot"};

static uid_t user = 1000;
static gid_t group = 1000;

/* The command of the virtual machine, ended by a null pointer. */
static char *words[MOST_WORDS];
static size_t count;

static char *joined(const char *one, const char *two, const char *three) {
  char *text = NULL;
  if (asprintf(&text, "%s%s%s", one, two, three) < 0) {
    exit(CANNOT_RUN);
  }
  return text;
}

static const char *setting(const char *name, const char *standard) {
  const char *value = getenv(name);
  return value != NULL && *value != '\0' ? value : standard;
}

static void add(char *word) {
  if (count + 1 >= MOST_WORDS) {
    fprintf(stderr, "The command has more than %d words.\n", MOST_WORDS - 2);
    exit(BAD_USE);
  }
  words[count++] = word;
}

static bool begins_with(const char *text, const char *beginning) {
  return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text);
  size_t ending = strlen(end);
  return length >= ending && strcmp(text + length - ending, end) == 0;
}

static bool is_harmless(const char *name) {
  for (size_t i = 0; i < sizeof HARMLESS / sizeof *HARMLESS; i++) {
    if (strcmp(name, HARMLESS[i]) == 0) {
      return true;
    }
  }
  for (size_t i = 0; i < sizeof HARMLESS_BEGINNINGS / sizeof *HARMLESS_BEGINNINGS; i++) {
    if (begins_with(name, HARMLESS_BEGINNINGS[i])) {
      return true;
    }
  }
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool holds_only_harmless(const char *folder) {
  DIR *entries = opendir(folder);
  bool only = entries != NULL;
  for (struct dirent *each; only && (each = readdir(entries)) != NULL;) {
    only = is_harmless(each->d_name);
  }
  if (entries != NULL) {
    closedir(entries);
  }
  return only;
}

/*
 * Whether a folder is ours to give away: a mount of films that somebody named by mistake keeps its owner, and the
 * server then says what is wrong with it.
 */
static bool is_ours(const char *folder, bool is_cache) {
  char *mark = joined(folder, "/STORE", "");
  return !is_cache || access(mark, F_OK) == 0 || holds_only_harmless(folder);
}

static void make_folder(const char *folder) {
  char *path = joined(folder, "/", "");
  for (char *at = path + 1; *at != '\0'; at++) {
    if (*at == '/') {
      *at = '\0';
      /* It may be there, or not be possible: the server says what is wrong with the folder. */
      (void)mkdir(path, 0777);
      *at = '/';
    }
  }
}

static int give_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
  (void)status;
  (void)kind;
  (void)place;
  /* A file that went away meanwhile needs no owner; a link is given, what it points at is not. */
  return lchown(path, user, group) == 0 || errno == ENOENT ? 0 : -1;
}

/* Only when it belongs to somebody else: a large cache is not walked through at every start. */
static void give(const char *folder, bool is_cache) {
  struct stat status;
  make_folder(folder);
  if (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode) ||
      (status.st_uid == user && status.st_gid == group) || !is_ours(folder, is_cache)) {
    return;
  }
  if (nftw(folder, give_one, OPEN_FOLDERS, FTW_PHYS) != 0) {
    fprintf(stderr,
            "%s could not be given to %u:%u (capability CHOWN missing, or a network share): if it stays empty, set its "
            "owner by hand.\n",
            folder, user, group);
  }
}

static unsigned long number(const char *text, unsigned long most) {
  unsigned long value = 0;
  for (const char *at = text; *at != '\0'; at++) {
    if (*at < '0' || *at > '9' || (value = value * 10 + (unsigned long)(*at - '0')) > most) {
      return ULONG_MAX;
    }
  }
  return *text != '\0' ? value : ULONG_MAX;
}

static void read_user(void) {
  const char *user_text = setting("PUID", "1000");
  const char *group_text = setting("PGID", "1000");
  unsigned long user_number = number(user_text, UINT_MAX - 1);
  unsigned long group_number = number(group_text, UINT_MAX - 1);
  if (user_number == ULONG_MAX || group_number == ULONG_MAX) {
    fprintf(stderr, "PUID and PGID have to be numbers, not \"%s\" and \"%s\".\n", user_text, group_text);
    exit(BAD_USE);
  }
  if (user_number == 0) {
    fputs("PUID=0 would run Streamcache as root: give the number of an ordinary user (default 1000).\n", stderr);
    exit(BAD_USE);
  }
  user = (uid_t)user_number;
  group = (gid_t)group_number;
}

static void drop(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
  /* In this order: each step needs what the later ones take away. */
  if (setgroups(0, NULL) != 0 || setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0 ||
      prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0 || syscall(SYS_capset, &header, none) != 0 ||
      prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    fprintf(stderr, "The user could not be changed to %u:%u (%s): the capabilities SETUID and SETGID are needed, or `user:`.\n",
            user, group, strerror(errno));
    exit(CANNOT_RUN);
  }
}

static void set_mask(void) {
  const char *text = setting("UMASK", "022");
  char *end = NULL;
  unsigned long mask = strtoul(text, &end, 8);
  if (*end != '\0' || mask > 0777 || *text == '-') {
    fprintf(stderr, "UMASK has to be an octal number such as 022, not \"%s\".\n", text);
    exit(BAD_USE);
  }
  umask((mode_t)mask);
}

static int is_jar(const struct dirent *entry) {
  return ends_with(entry->d_name, ".jar");
}

static int by_bytes(const struct dirent **one, const struct dirent **other) {
  return strcmp((*one)->d_name, (*other)->d_name);
}

/* In the order of bytes: the AOT cache is only valid for the class path it was trained with. */
static char *class_path(void) {
  struct dirent **jars = NULL;
  int many = scandir(HOME "/lib", &jars, is_jar, by_bytes);
  char *path = joined("", "", "");
  for (int i = 0; i < many; i++) {
    path = joined(path, i == 0 ? HOME "/lib/" : ":" HOME "/lib/", jars[i]->d_name);
  }
  return path;
}

static void add_cache(void) {
  char digest[128];
  FILE *file = fopen(HOME "/aot/digest", "r");
  if (file != NULL && fscanf(file, "%127s", digest) == 1) {
    add(joined("-XX:AOTCache=" HOME "/aot/", digest, ".aot"));
  }
  if (file != NULL) {
    fclose(file);
  }
}

/* Adds the words of a variable; says whether one of them chooses a collector, since two would be refused. */
static bool add_options(const char *name) {
  bool has_collector = false;
  char *rest = strdup(setting(name, ""));
  for (char *word = strtok(rest, " \t\n"); word != NULL; word = strtok(NULL, " \t\n")) {
    has_collector |= begins_with(word, "-XX:+Use") && ends_with(word, "GC");
    add(word);
  }
  return has_collector;
}

static void run(char **arguments) {
  add(HOME "/runtime/bin/java");
  add("@" HOME "/lib/jvm.flags");
  add_cache();
  add("-Djava.library.path=" HOME "/lib/native");
  bool has_collector = add_options("JAVA_OPTS");
  has_collector |= add_options("STREAMCACHE_OPTS");
  if (!has_collector) {
    add("-XX:+UseSerialGC");
  }
  add("-cp");
  add(class_path());
  add("streamcache.cli.Main");
  for (; *arguments != NULL; arguments++) {
    add(*arguments);
  }
  /* glibc would give up to eight malloc arenas a core, each of which keeps what it once freed. */
  setenv("MALLOC_ARENA_MAX", "2", /* overwrite= */ 0);
  execv(words[0], words);
  fprintf(stderr, "%s cannot be run: %s\n", words[0], strerror(errno));
  exit(CANNOT_RUN);
}

int main(int arguments_count, char **arguments) {
  static char *serve[] = {"serve", NULL};
  char **command = arguments_count > 1 ? arguments + 1 : serve;
  /* As typed outside of the container, with the name that compose.yaml gives it. */
  setenv("STREAMCACHE_COMMAND", "docker compose exec streamcache streamcache", /* overwrite= */ 0);
  set_mask();
  /* The compose file of the nginx version names its program, which this image does not have. */
  if (ends_with(command[0], "/openresty")) {
    fputs("The line \"command:\" in the compose file belongs to the nginx version and has no effect; remove it.\n", stderr);
    command = serve;
  }
  if (geteuid() == 0) {
    read_user();
    if (strcmp(command[0], "serve") == 0) {
      give(setting("CACHE_DIR", "/var/cache/streamcache"), /* is_cache= */ true);
      give(setting("CONFIG_DIR", "/etc/streamcache"), /* is_cache= */ false);
    }
    drop();
  }
  run(command);
}
