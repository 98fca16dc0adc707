# Parts of the tests that need a machine of their own: images of Debian, a provider, ports. A test that reads this
# has set root, cache, scratch, base_image and the functions say, fail and cannot.
# shellcheck shell=bash disable=SC2154

store() {
  buildah --root "$cache/storage" --runroot "$scratch/run" --storage-driver vfs "$@"
}

have_image() {
  [[ -n $(store images -q "$1" 2>/dev/null) ]]
}

# The archive apt itself is configured with, so that a mirror is honoured.
debian_archive() {
  apt-get indextargets --format "\$(REPO_URI) \$(CODENAME)" 'Created-By: Packages' 2>/dev/null |
    awk '$2 == "bookworm" { print $1; found = 1; exit } END { if (!found) print "http://deb.debian.org/debian" }'
}

make_base_image() {
  local container
  say "making $base_image from Debian packages"
  debootstrap --variant=minbase bookworm "$scratch/bookworm" "$(debian_archive)" >"$scratch/build.log" 2>&1 ||
    cannot "debootstrap could not make a Debian here: $(tail -n 1 "$scratch/build.log")"
  rm -rf "$scratch/bookworm/var/cache/apt/archives/"*.deb "$scratch/bookworm/var/lib/apt/lists/"*
  container=$(store from scratch)
  store copy -q "$container" "$scratch/bookworm" / >/dev/null
  store commit -q --rm "$container" "$base_image" >/dev/null
  rm -rf "$scratch/bookworm"
}

free_port() {
  local port
  for port in $(shuf -i 20000-32000 -n 50); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s' "$port"
      return
    fi
  done
}

start_origin() {
  mkdir -p "$scratch/origin/films"
  ffmpeg -v error -f lavfi -i testsrc2=size=1280x720:rate=25 -f lavfi -i sine=frequency=440 -t 40 \
    -c:v mpeg4 -b:v 4M -c:a aac -f matroska "$scratch/origin/films/Film.mkv" </dev/null
  origin_port=$(free_port)
  cat >"$scratch/origin/nginx.conf" <<NGINX
user root;
worker_processes 1;
pid $scratch/origin/nginx.pid;
error_log $scratch/origin/error.log;
events { worker_connections 64; }
http {
  access_log $scratch/origin/access.log;
  types { video/x-matroska mkv; }
  server { listen 127.0.0.1:$origin_port; root $scratch/origin/films; }
}
NGINX
  nginx -c "$scratch/origin/nginx.conf" -e "$scratch/origin/error.log" -g 'daemon off;' </dev/null &
  origin=$!
}

digest_of() {
  sha256sum | cut -d ' ' -f 1
}
