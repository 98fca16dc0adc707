package streamcache.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The addresses are names for what happens to them: {@code 192.0.2.x} and {@code 2001:db8::x} are
 * for documentation and never contacted.
 */
final class AddressRaceTest {

  private static final String DEAD = "192.0.2.1";
  private static final String DEAD_TOO = "192.0.2.2";
  private static final String DEAD_AS_WELL = "192.0.2.3";
  private static final String SILENT = "192.0.2.11";
  private static final String SILENT_TOO = "192.0.2.12";
  private static final String GOOD = "192.0.2.21";
  private static final String GOOD_TOO = "192.0.2.22";
  private static final String GOOD_6 = "2001:db8::21";

  /** Longer than any test may take, so that a test that waits for it fails. */
  private static final Duration NEVER = Duration.ofSeconds(20);

  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration GENEROUS = Duration.ofSeconds(10);

  private final AtomicLong clock = new AtomicLong(1);
  private final List<String> contacted = new CopyOnWriteArrayList<>();
  private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
  private final CountDownLatch silentReached = new CountDownLatch(1);
  private ServerSocket listener;
  private ServerSocket full;
  private Backlog backlog;

  @BeforeEach
  void listen() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    listener = new ServerSocket(0, 50, loopback);
    full = new ServerSocket(0, 1, loopback);
    backlog = new Backlog(full);
  }

  @AfterEach
  void close() throws IOException {
    backlog.close();
    full.close();
    listener.close();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.21, 192.0.2.21",
    "192.0.2.1 192.0.2.21, 192.0.2.21",
    "192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.21, 192.0.2.21",
    "192.0.2.1 192.0.2.2 192.0.2.3 2001:db8::21, 2001:db8::21",
    "2001:db8::1 2001:db8::2 2001:db8::3 192.0.2.21, 192.0.2.21",
    "192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6 192.0.2.7 192.0.2.21, 192.0.2.21",
  })
  void connect_deadOnesBeforeAGoodOne_theGoodOneWithoutAnyWait(String names, String expected)
      throws IOException {
    assertThat(connected(race(NEVER), names.split(" "))).isEqualTo(expected);
  }

  @Test
  void connect_allRefuse_theirFailure() {
    AddressRace race = race(NEVER);
    assertThatThrownBy(() -> connected(race, DEAD, DEAD_TOO, DEAD_AS_WELL))
        .isInstanceOf(ConnectException.class);
    assertThat(contacted).containsExactly(DEAD, DEAD_TOO, DEAD_AS_WELL);
  }

  @Test
  void connect_firstAccepts_noOtherIsContacted() throws IOException {
    assertThat(connected(race(NEVER), GOOD, GOOD_TOO, GOOD_6)).isEqualTo(GOOD);
    assertThat(contacted).containsExactly(GOOD);
  }

  @Test
  void connect_firstIsSilent_nextStartsAfterTheDelayAndTheLoserIsClosed() throws IOException {
    assertThat(connected(race(AT_ONCE), SILENT, GOOD)).isEqualTo(GOOD);
    assertThat(contacted).containsExactlyInAnyOrder(SILENT, GOOD);
    assertThat(sockets.get(SILENT).isClosed()).as("closed before the winner is returned").isTrue();
  }

  @Test
  void connect_noneAnswers_timeOutForAllTogetherAndAllAreClosed() {
    AddressRace race =
        new AddressRace(this::connect, AT_ONCE, Duration.ofSeconds(1), System::nanoTime);
    assertThatThrownBy(() -> connected(race, SILENT, SILENT_TOO))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(sockets.values()).hasSize(2).allMatch(Socket::isClosed);
  }

  @Test
  void connect_callCancelled_endsAtOnceAndContactsNoOther() throws Exception {
    Call call = new Call();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        race(NEVER).connect(addresses(SILENT, GOOD), 80, call);
        ended.complete(new AssertionError("connected"));
      } catch (IOException e) {
        ended.complete(e);
      }
    });
    assertThat(silentReached.await(10, TimeUnit.SECONDS)).isTrue();
    call.cancel();
    assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    assertThat(sockets.values()).allMatch(Socket::isClosed);
  }

  @Test
  void connect_deadOnesOfBefore_areTriedLastForAWhile() throws IOException {
    AddressRace race = race(SOON);
    connected(race, DEAD, SILENT, GOOD);
    // On a busy machine others may be contacted as well, before the first has accepted.
    assertThat(contactedBy(race, DEAD, SILENT, GOOD)).first().isEqualTo(GOOD);
    clock.addAndGet(UnresponsiveAddresses.REMEMBERED.minusSeconds(1).toNanos());
    assertThat(contactedBy(race, DEAD, SILENT, GOOD)).first().isEqualTo(GOOD);
    clock.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(contactedBy(race, DEAD, SILENT, GOOD)).containsExactly(DEAD, SILENT, GOOD);
  }

  @Test
  void connect_allWereDead_areStillTried() throws IOException {
    AddressRace race = race(NEVER);
    assertThatThrownBy(() -> connected(race, DEAD)).isInstanceOf(ConnectException.class);
    race.failed(new InetSocketAddress(addresses(GOOD).getFirst(), 80));
    assertThat(contactedBy(race, DEAD, GOOD)).containsExactly(DEAD, GOOD);
    assertThat(contactedBy(race, DEAD, GOOD)).as("it works again").containsExactly(GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1 192.0.2.2, 192.0.2.1 192.0.2.2",
    "192.0.2.1 192.0.2.2 2001:db8::1, 192.0.2.1 2001:db8::1 192.0.2.2",
    "2001:db8::1 2001:db8::2 192.0.2.1, 2001:db8::1 192.0.2.1 2001:db8::2",
    "2001:db8::1 2001:db8::2 2001:db8::3, 2001:db8::1 2001:db8::2 2001:db8::3",
    "192.0.2.1 2001:db8::1 2001:db8::2, 192.0.2.1 2001:db8::1 2001:db8::2",
  })
  void interleaved_families_takeTurns(String before, String after) {
    assertThat(AddressRace.interleaved(addresses(before.split(" "))))
        .isEqualTo(addresses(after.split(" ")));
  }

  @Test
  void connect_twoFamilies_takeTurns() throws IOException {
    assertThat(contactedBy(race(NEVER), DEAD, DEAD_TOO, "2001:db8::1", GOOD_6))
        .containsExactly(DEAD, "2001:db8::1", DEAD_TOO, GOOD_6);
  }

  @Test
  void stagger_isThatOfTheStandard() {
    assertThat(AddressRace.STAGGER).isEqualTo(Duration.ofMillis(250));
  }

  private AddressRace race(Duration stagger) {
    return new AddressRace(this::connect, stagger, GENEROUS, clock::get);
  }

  private List<String> contactedBy(AddressRace race, String... names) throws IOException {
    contacted.clear();
    connected(race, names);
    return contacted;
  }

  /** The address that the race connected to. */
  private String connected(AddressRace race, String... names) throws IOException {
    try (Socket socket = race.connect(addresses(names), 80, new Call())) {
      assertThat(socket.isConnected() && !socket.isClosed()).isTrue();
      return sockets.entrySet().stream()
          .filter(entry -> entry.getValue().equals(socket))
          .findFirst()
          .orElseThrow()
          .getKey();
    }
  }

  /** Goes to a listener, to one whose queue is full, or nowhere, as the address says. */
  private void connect(Socket socket, InetSocketAddress to, int timeoutMillis) throws IOException {
    String name = to.getAddress().getHostAddress().replace("db8:0:0:0:0:0:", "db8::");
    contacted.add(name);
    sockets.put(name, socket);
    switch (name) {
      case GOOD, GOOD_TOO, GOOD_6 -> socket.connect(listener.getLocalSocketAddress());
      case SILENT, SILENT_TOO -> {
        silentReached.countDown();
        socket.connect(full.getLocalSocketAddress(), timeoutMillis);
      }
      default -> throw new ConnectException("refused");
    }
  }

  private static List<InetAddress> addresses(String... names) {
    return Arrays.stream(names).map(InetAddress::ofLiteral).toList();
  }
}
