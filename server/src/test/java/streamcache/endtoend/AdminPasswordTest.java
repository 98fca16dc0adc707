package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamcache.admin.ApiKeys;
import streamcache.admin.NewPassword;
import streamcache.admin.PasswordFile;
import streamcache.admin.Role;
import streamcache.cli.Server;
import streamcache.settings.SecretText;
import streamcache.settings.Settings;
import streamcache.settings.SettingsException;
import streamcache.testkit.Answer;
import streamcache.testkit.RawClient;

/**
 * The operator's password: who may set it, what it opens, and attacks on it. No provider exists.
 */
final class AdminPasswordTest {

  private static final String STATUS = "/api/v1/status";
  private static final String OWN = "X-Requested-With: streamcache";
  private static final String HOME = "X-Forwarded-For: 192.168.1.7";
  private static final String PUBLIC = "X-Forwarded-For: 203.0.113.7";
  private static final String PASSWORD = "correct horse battery";

  @TempDir Path folder;

  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(Server::close);
  }

  private Path config() {
    return folder.resolve("config");
  }

  /** Behind a proxy on the loopback, so that a request can be from anywhere. */
  private InetSocketAddress server(String... more) throws IOException, SettingsException {
    Map<String, String> settings = new HashMap<>(Product.environment(folder, Map.of()));
    settings.put("TRUSTED_PROXIES", "127.0.0.1");
    settings.put("BASE_URL", "https://films.example.org");
    for (int at = 0; at < more.length; at += 2) {
      settings.put(more[at], more[at + 1]);
    }
    servers.add(Server.start(Settings.load(settings, Map.of()).rooms()));
    return new InetSocketAddress("127.0.0.1", servers.getLast().address().getPort());
  }

  private String token() throws IOException {
    return Files.readString(config().resolve("admin.token")).strip();
  }

  private static Answer post(InetSocketAddress server, String path, String body, String... headers)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    List<String> all = new ArrayList<>(List.of(headers));
    if (all.stream().noneMatch(field -> field.startsWith("Content-Type"))) {
      all.add("Content-Type: application/json");
    }
    all.add("Content-Length: " + bytes.length);
    return exchange(server, "POST " + path, bytes, all);
  }

  private static Answer get(InetSocketAddress server, String path, String... headers)
      throws IOException {
    return exchange(server, "GET " + path, new byte[0], List.of(headers));
  }

  /** As a browser that has opened the server by its address, unless a header names another host. */
  private static Answer exchange(
      InetSocketAddress server, String request, byte[] body, List<String> headers)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(request + " HTTP/1.1"));
    if (headers.stream().noneMatch(field -> field.startsWith("Host: "))) {
      lines.add("Host: 127.0.0.1");
    }
    lines.addAll(headers);
    try (RawClient client = RawClient.connect(server)) {
      client.send(String.join("\r\n", lines) + "\r\n\r\n").send(body);
      return client.answer();
    }
  }

  private static Answer set(InetSocketAddress server, String password, String... headers)
      throws IOException {
    return post(server, "/admin/password", "{\"password\":\"" + password + "\"}", headers);
  }

  private static Answer change(
      InetSocketAddress server, String password, String current, String... headers)
      throws IOException {
    String body = "{\"password\":\"" + password + "\",\"current\":\"" + current + "\"}";
    return post(server, "/admin/password", body, headers);
  }

  private static Answer logIn(InetSocketAddress server, String secret, String... headers)
      throws IOException {
    return post(server, "/admin/session", "{\"secret\":\"" + secret + "\"}", headers);
  }

  private static String cookie(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    return "Cookie: " + answer.header("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static int status(InetSocketAddress server, String cookie) throws IOException {
    return RawClient.exchange(server, "GET", STATUS, cookie).status();
  }

  private static void isRefused(Answer answer, int status, String sentence) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).contains(sentence).doesNotContain(PASSWORD);
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void firstVisit_fromHome_setsThePassword_andItLogsIn() throws Exception {
    InetSocketAddress server = server();
    assertThat(get(server, "/admin/password", HOME, "Host: 192.168.1.2:8080").text())
        .contains("\"isSet\":false", "\"maySet\":true");

    Answer set = set(server, PASSWORD, HOME, OWN, "Host: 192.168.1.2:8080");

    assertThat(status(server, cookie(set))).isEqualTo(200);
    assertThat(get(server, "/admin/password", HOME).text())
        .contains("\"isSet\":true", "\"maySet\":false");
    Answer entered = logIn(server, PASSWORD, OWN, PUBLIC);
    assertThat(entered.header("Set-Cookie").orElseThrow())
        .contains("; HttpOnly", "; SameSite=Strict");
    assertThat(status(server, cookie(entered))).isEqualTo(200);
    assertThat(status(server, cookie(logIn(server, token(), OWN)))).isEqualTo(200);
    isRefused(logIn(server, "wrong " + token(), OWN), 401, "neither the password nor a token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-For: 203.0.113.7 | Host: films.example.org | From outside the local network",
        "Via: 1.1 somebody | Host: films.example.org | From outside the local network",
        "X-Forwarded-For: 192.168.1.7 | Host: evil.example | Under this name",
        "X-Forwarded-For: 192.168.1.7 | Host: 192.168.1.2.evil.example:8080 | Under this name",
        "X-Forwarded-For: 192.168.1.7 | Host: localhost.evil.example | Under this name",
        "Origin: http://evil.example | Host: 127.0.0.1 | Under this name",
        "Origin: null | Host: 127.0.0.1 | Under this name",
        "Sec-Fetch-Site: cross-site | Host: 127.0.0.1 | Another site",
        "Sec-Fetch-Site: same-site | Host: 127.0.0.1 | Another site",
      })
  void firstVisit_fromElsewhere_isRefused(String from, String host, String sentence)
      throws Exception {
    InetSocketAddress server = server();

    isRefused(set(server, PASSWORD, OWN, from, host), 403, sentence);

    assertThat(get(server, "/admin/password", from, host).text())
        .contains("\"maySet\":false", sentence);
    assertThat(config().resolve("admin.password")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "[::1]:8080",
        "[fe80::1]",
        "10.0.0.5",
        "films.example.org",
        "Films.Example.org:443"
      })
  void firstVisit_hostThatNobodyElseCanHave_isAccepted(String host) throws Exception {
    InetSocketAddress server = server();

    assertThat(set(server, PASSWORD, OWN, HOME, "Host: " + host).status()).isEqualTo(204);
  }

  /** A form of another site can send neither the field nor the type. */
  @Test
  void firstVisit_withoutTheFieldOfThePage_isRefused() throws Exception {
    InetSocketAddress server = server();

    isRefused(set(server, PASSWORD), 403, "only the page itself");
    isRefused(set(server, PASSWORD, "X-Requested-With: XMLHttpRequest"), 403, "only the page");
    isRefused(set(server, PASSWORD, OWN, "Content-Type: text/plain"), 415, "application/json");
    isRefused(logIn(server, PASSWORD), 403, "only the page itself");

    assertThat(config().resolve("admin.password")).doesNotExist();
  }

  @Test
  void firstVisit_tokenOfTheSettings_meansNoSetUp() throws Exception {
    InetSocketAddress server = server("ADMIN_TOKEN", "token-of-the-settings");

    isRefused(set(server, PASSWORD, OWN), 403, "ADMIN_TOKEN");

    assertThat(change(server, PASSWORD, "token-of-the-settings", OWN).status()).isEqualTo(204);
    assertThat(logIn(server, PASSWORD, OWN).status()).isEqualTo(204);
  }

  @Test
  void firstVisit_passwordIsSet_isRefused() throws Exception {
    InetSocketAddress server = server();
    assertThat(set(server, PASSWORD, OWN).status()).isEqualTo(204);

    isRefused(set(server, "another password", OWN), 409, "has been set already");

    assertThat(logIn(server, PASSWORD, OWN).status()).isEqualTo(204);
  }

  @Test
  void firstVisit_manyAtOnce_oneSets() throws Exception {
    InetSocketAddress server = server();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int count = 0; count < 6; count++) {
      String password = PASSWORD + count;
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return set(server, password, OWN).status();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              },
              run -> Thread.ofVirtual().start(run)));
    }

    assertThat(answers.stream().map(CompletableFuture::join))
        .containsExactlyInAnyOrder(204, 409, 409, 409, 409, 409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seven77"})
  void set_tooShort_isRefusedWithASentence(String password) throws Exception {
    InetSocketAddress server = server();

    isRefused(set(server, password, OWN), 400, "at least 8 characters");
    isRefused(change(server, password, token(), OWN), 400, "at least 8 characters");
    isRefused(set(server, "x".repeat(600), OWN), 400, "at most 512 bytes");
    isRefused(post(server, "/admin/password", "{\"password\":8}", OWN), 400, "is a text");
    isRefused(post(server, "/admin/password", "{\"x\":\"\"}", OWN), 400, "no properties but");
  }

  @Test
  void change_needsTheOldOneOrTheToken_andEndsOtherSessions() throws Exception {
    InetSocketAddress server = server();
    String first = cookie(set(server, PASSWORD, OWN));
    String other = cookie(logIn(server, PASSWORD, OWN));
    String byToken = cookie(logIn(server, token(), OWN));
    isRefused(change(server, "second password", "wrong password", OWN, first), 401, "neither");

    String changer = cookie(change(server, "second password", PASSWORD, OWN, first));

    assertThat(status(server, changer)).isEqualTo(200);
    assertThat(List.of(status(server, first), status(server, other), status(server, byToken)))
        .containsOnly(401);
    isRefused(logIn(server, PASSWORD, OWN), 401, "neither");
    assertThat(change(server, "third password", token(), OWN).status()).isEqualTo(204);
    assertThat(logIn(server, "third password", OWN).status()).isEqualTo(204);
  }

  /** A key may be taken away; a password that it could set would stay. */
  @Test
  void change_keyOfAProgram_isRefused() throws Exception {
    InetSocketAddress server = server();
    String key = new ApiKeys(config(), InstantSource.system()).add("k", Role.OPERATE);

    isRefused(change(server, PASSWORD, key, OWN), 401, "not valid");
    assertThat(config().resolve("admin.password")).doesNotExist();
    assertThat(logIn(server, key, OWN).status()).isEqualTo(204);
  }

  /** As the password command does, in another process. */
  @Test
  void file_writtenByTheCommand_holdsAtOnceAndEndsSessions() throws Exception {
    InetSocketAddress server = server();
    String cookie = cookie(set(server, PASSWORD, OWN));
    String byToken = cookie(logIn(server, token(), OWN));

    new PasswordFile(config()).set(NewPassword.of("second password"));

    assertThat(List.of(status(server, cookie), status(server, byToken))).containsOnly(401);
    assertThat(logIn(server, "second password", OWN).status()).isEqualTo(204);
  }

  /** Who reads the file must not get in by it. */
  @Test
  void file_itsLine_isNoToken() throws Exception {
    InetSocketAddress server = server();
    assertThat(set(server, PASSWORD, OWN).status()).isEqualTo(204);
    String line = Files.readString(config().resolve("admin.password")).strip();

    isRefused(logIn(server, line, OWN), 401, "neither");
    for (String bearer : List.of(line, "password", PASSWORD)) {
      Answer answer = RawClient.get(server, STATUS, "Authorization: Bearer " + bearer);
      assertThat(answer.status()).isEqualTo(401);
    }
  }

  @Test
  void logIn_fiveWrong_closesItAlsoToTheRightOne() throws Exception {
    InetSocketAddress server = server();
    assertThat(set(server, PASSWORD, OWN).status()).isEqualTo(204);
    for (int count = 0; count < 5; count++) {
      isRefused(logIn(server, "wrong password", OWN, PUBLIC), 401, "neither");
    }

    Answer refused = logIn(server, PASSWORD, OWN, PUBLIC);

    isRefused(refused, 429, "five wrong tokens or passwords");
    assertThat(refused.header("Retry-After")).isPresent();
    isRefused(change(server, "second password", PASSWORD, OWN, PUBLIC), 429, "five wrong");
    assertThat(logIn(server, PASSWORD, OWN, HOME).status()).isEqualTo(204);
  }

  /** What nobody can have chosen is not worth a digest. */
  @Test
  void logIn_longerThanAPasswordMayBe_isNotTried() throws Exception {
    InetSocketAddress server = server();
    String longest = "x".repeat(512);
    new PasswordFile(config()).set(NewPassword.of(longest));
    assertThat(logIn(server, longest, OWN).status()).isEqualTo(204);
    new PasswordFile(config()).set(new NewPassword(new SecretText(longest + "x")));

    isRefused(logIn(server, longest + "x", OWN), 401, "neither");
  }

  /** All at once must not be more attempts than one after another. */
  @Test
  void logIn_manyWrongAtOnce_fiveAreTried() throws Exception {
    InetSocketAddress server = server();
    assertThat(set(server, PASSWORD, OWN).status()).isEqualTo(204);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int count = 0; count < 20; count++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return logIn(server, "wrong password", OWN, PUBLIC).status();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              },
              run -> Thread.ofVirtual().start(run)));
    }

    assertThat(answers.stream().map(CompletableFuture::join).filter(status -> status == 401))
        .hasSize(5);
    assertThat(answers.stream().map(CompletableFuture::join).filter(status -> status == 429))
        .hasSize(15);
  }

  /** Session fixation: an id that the server did not make is worth nothing. */
  @Test
  void logIn_idOfAnAttacker_isNotTaken() throws Exception {
    InetSocketAddress server = server();
    assertThat(set(server, PASSWORD, OWN).status()).isEqualTo(204);
    String planted = "Cookie: streamcache-session=" + "A".repeat(43);

    Answer answer = logIn(server, PASSWORD, OWN, planted);

    assertThat(answer.header("Set-Cookie").orElseThrow()).doesNotContain("A".repeat(43));
    assertThat(status(server, planted)).isEqualTo(401);
    assertThat(status(server, cookie(answer))).isEqualTo(200);
  }

  @Test
  void restart_passwordIsKept() throws Exception {
    InetSocketAddress before = server();
    assertThat(set(before, PASSWORD, OWN).status()).isEqualTo(204);
    servers.removeLast().close();

    assertThat(logIn(server(), PASSWORD, OWN).status()).isEqualTo(204);
  }
}
