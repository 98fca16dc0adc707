package streamcache.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.Answer;
import streamcache.testkit.Content;
import streamcache.testkit.RawClient;
import streamcache.testkit.Script;

/** Malicious or broken players: the other players do not notice them. */
final class HostileClientsIT {

  private static final String HEAD = " HTTP/1.1\r\nHost: h\r\n";

  /** Lets the malicious client have an address of its own. */
  private static final Map<String, String> BEHIND_PROXY = Map.of("TRUSTED_PROXIES", "127.0.0.1");

  private static final String ELSEWHERE = "X-Forwarded-For: 192.168.1.66";

  @TempDir Path folder;

  @Test
  void slowHeads_200HalfOpen_eachGetsOneAnswerAndGoes() throws IOException {
    try (Siege siege = Siege.begin(folder, Map.of())) {
      siege.endure(() -> {
        List<RawClient> slow = clients(siege, 200, "GET " + siege.storedLink() + HEAD);
        for (int drop = 0; drop < 20; drop++) {
          for (RawClient client : slow) {
            client.send("X");
          }
        }
        for (RawClient client : slow) {
          assertThat(client.answer().status()).isEqualTo(408);
          client.awaitClose();
        }
      });
    }
  }

  @Test
  void bodiesThatDrip_areRefusedBeforeTheyCome() throws IOException {
    try (Siege siege = Siege.begin(folder, Map.of())) {
      siege.endure(() -> {
        String head = "GET " + siege.storedLink() + HEAD + "Content-Length: 1000000000\r\n\r\n";
        for (RawClient client : clients(siege, 200, head)) {
          assertThat(client.answer().status()).isEqualTo(413);
          client.close();
        }
      });
    }
  }

  @Test
  void readersThatStopReading_holdNeitherMemoryNorTheProvider() throws IOException {
    Content film = Content.of(33, 24 * MIB);
    try (Siege siege = Siege.begin(folder, Map.of())) {
      siege.provider().serve("/stalled.mkv", Script.of(film));
      siege.endure(() -> {
        List<RawClient> stalled = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
          RawClient client = RawClient.connect(siege.product().address(), 4096);
          client.request("GET", siege.link("/stalled.mkv"));
          stalled.add(client);
        }
        for (RawClient client : stalled) {
          assertThat(client.readHead().status()).isEqualTo(200);
        }
        siege.provider().awaitIdle();
        assertThat(siege.provider().bodyBytes("/stalled.mkv")).isEqualTo(film.length());
        for (RawClient client : stalled) {
          client.reset();
        }
      });
    }
  }

  @Test
  void rangeBombs_costOneAnswerEach() throws IOException {
    String all =
        IntStream.range(0, 4000)
            .mapToObj(i -> 2 * i + "-" + 2 * i)
            .collect(Collectors.joining(","));
    String overlapping = "0-,".repeat(9000) + "0-";
    try (Siege siege = Siege.begin(folder, Map.of())) {
      int before = siege.provider().requests().size();
      siege.endureInTime(() -> {
        for (String ranges : List.of(all.substring(0, 30_000), overlapping)) {
          String head = "GET " + siege.storedLink() + HEAD + "Range: bytes=" + ranges + "\r\n\r\n";
          for (RawClient client : clients(siege, 50, head)) {
            assertThat(client.readHead().status()).isEqualTo(200);
            client.reset();
          }
        }
      });
      assertThat(siege.provider().requests()).as("the film alone").hasSize(before + 1);
    }
  }

  @Test
  void headerFloods_areRefused() throws IOException {
    String lines = "X: y\r\n".repeat(200);
    String long1 = "X: " + "y".repeat(40_000) + "\r\n";
    try (Siege siege = Siege.begin(folder, Map.of())) {
      siege.endureInTime(() -> {
        for (String flood : List.of(lines, long1)) {
          for (RawClient client : clients(siege, 100, "GET " + siege.storedLink() + HEAD + flood)) {
            assertThat(client.answer().status()).isEqualTo(431);
            client.close();
          }
        }
      });
    }
  }

  @Test
  void pipeliningFloods_waitAtTheSender() throws IOException {
    try (Siege siege = Siege.begin(folder, Map.of())) {
      String request = "GET " + siege.storedLink() + HEAD + "Range: bytes=0-99999\r\n\r\n";
      byte[] flood = request.repeat((int) (2 * MIB / request.length())).getBytes(US_ASCII);
      siege.endure(() -> {
        List<RawClient> clients = clients(siege, 60, "");
        List<Thread> senders = new ArrayList<>();
        for (RawClient client : clients) {
          senders.add(Thread.ofVirtual().start(() -> pour(client, flood)));
        }
        for (RawClient client : clients) {
          assertThat(client.readHead().status()).isEqualTo(206);
        }
        siege.playStored();
        for (RawClient client : clients) {
          client.reset();
        }
        join(senders);
      });
    }
  }

  @Test
  void connections_2000Aborted_leaveNothingBehind() throws IOException {
    try (Siege siege = Siege.begin(folder, BEHIND_PROXY)) {
      siege.provider().serve("/slow.mkv", Script.of(Content.of(34, MIB)).pace(MIB / 2));
      siege.endure(() -> {
        for (int i = 0; i < 2000; i++) {
          RawClient client = siege.client();
          client.request("GET", siege.link(i % 2 == 0 ? "/slow.mkv" : "/stored.mkv"), ELSEWHERE);
          client.reset();
        }
      });
      siege.awaitPlaybacks(0);
      assertThat(siege.provider().requests("/slow.mkv")).hasSize(1);
    }
  }

  @Test
  void titles_10000NewOnesInAMinute_mostAreTurnedAway() throws IOException {
    try (Siege siege = Siege.begin(folder, BEHIND_PROXY)) {
      ConcurrentMap<Integer, Integer> statuses = new ConcurrentHashMap<>();
      long begun = System.nanoTime();
      siege.endure(() -> askForNewTitles(siege, 10_000, statuses));
      long seconds = (System.nanoTime() - begun) / 1_000_000_000 + 1;
      System.out.println("10000 titles: " + statuses + " within " + seconds + " s");
      assertThat(statuses.keySet()).containsExactlyInAnyOrder(404, 429);
      assertThat(statuses.get(404)).isBetween(600, (int) (600 + seconds * 10));
      assertThat(siege.provider().requests().size()).isLessThan((int) (2 * (700 + seconds * 10)));
    }
  }

  private static void askForNewTitles(
      Siege siege, int count, ConcurrentMap<Integer, Integer> statuses) throws IOException {
    int workers = 8;
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < workers; worker++) {
        int first = worker;
        running.add(
            threads.submit(() -> {
              try (RawClient client = siege.client()) {
                for (int title = first; title < count; title += workers) {
                  client.request("GET", siege.link("/none/" + title + ".mkv"), ELSEWHERE);
                  Answer answer = client.answer();
                  statuses.merge(answer.status(), 1, Integer::sum);
                  assertThat(answer.header("Retry-After").isPresent())
                      .isEqualTo(answer.status() == 429);
                }
              }
              return null;
            }));
      }
    }
    assertThat(running).allMatch(future -> future.state() == Future.State.SUCCESS);
  }

  /** Opens {@code count} connections, each of which sends {@code begins}. */
  private static List<RawClient> clients(Siege siege, int count, String begins) throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(siege.client().send(begins));
    }
    return clients;
  }

  private static void pour(RawClient client, byte[] bytes) {
    try {
      client.send(bytes);
    } catch (SocketException e) {
      // The test resets the connection when it has seen enough.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
