package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import streamcache.link.AccountId;

/**
 * Two and three nodes with a time of their own; messages arrive at once unless a test keeps them.
 */
final class HomesMachineTest {

  private static final Duration NO_COOL_DOWN = Duration.ZERO;

  private final ClusterNode one = node("one", /* isPrimary= */ true);
  private final ClusterNode two = node("two", /* isPrimary= */ false);
  private final ClusterNode three = node("three", /* isPrimary= */ false);
  private final Map<ClusterNode, HomesMachine> machines = new HashMap<>();
  private final Map<ClusterNode, Set<AccountKey>> uses = new HashMap<>();
  private final Map<ClusterNode, Integer> closings = new HashMap<>();
  private long now = 1_000_000_000_000L;
  private int views;

  /** The nodes of the last view that began. */
  private List<ClusterNode> present = List.of();

  private static ClusterNode node(String id, boolean isPrimary) {
    return new ClusterNode(id, id.hashCode(), "10.0.0.1", 7800, isPrimary);
  }

  @BeforeEach
  void start() {
    start(3, one, two, three);
  }

  private void start(int listed, ClusterNode... nodes) {
    machines.clear();
    for (ClusterNode node : nodes) {
      machines.put(node, new HomesMachine(node, listed));
    }
  }

  /** These nodes see each other from now on, and have told each other what they use. */
  private void view(ClusterNode... nodes) {
    begin(nodes);
    agree(nodes);
  }

  private void begin(ClusterNode... nodes) {
    present = List.of(nodes);
    ClusterView view = new ClusterView("view " + ++views, present);
    for (ClusterNode node : nodes) {
      closed(node, machine(node).viewed(view, now));
    }
  }

  private void agree(ClusterNode... nodes) {
    for (ClusterNode from : nodes) {
      ClusterMessage.Report report =
          machine(from).report(uses.getOrDefault(from, Set.of()), Map.of(), now);
      for (ClusterNode to : nodes) {
        closed(to, machine(to).reported(from, report, now));
      }
    }
    beat(nodes);
  }

  /** Each of them hears from the others, and confirms it. */
  private void beat(ClusterNode... nodes) {
    for (int round = 0; round < 2; round++) {
      for (ClusterNode from : nodes) {
        ClusterMessage.Beat beat = machine(from).beat(now);
        for (ClusterNode to : nodes) {
          machine(to).received(from, beat);
        }
      }
    }
    for (ClusterNode node : nodes) {
      closed(node, machine(node).tick(now));
    }
  }

  private void closed(ClusterNode node, boolean must) {
    closings.merge(node, must ? 1 : 0, Integer::sum);
  }

  private HomesMachine machine(ClusterNode node) {
    return machines.get(node);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private boolean mayOpen(ClusterNode node, AccountKey account) {
    return machine(node).mayOpen(account, NO_COOL_DOWN, now);
  }

  private ClusterNode home(AccountKey account) {
    return present.stream()
        .filter(node -> machine(node).place(account, now) instanceof HomePlace.Here)
        .findFirst()
        .orElseThrow();
  }

  /** An account whose home is this node if all three are there. */
  private AccountKey accountOf(ClusterNode node) {
    ClusterView all = new ClusterView("all", List.of(one, two, three));
    for (int i = 0; ; i++) {
      AccountKey account = AccountKey.of(new AccountId("host-" + i + ":80"));
      if (HomeTable.of(all, Map.of()).home(account).equals(node)) {
        return account;
      }
    }
  }

  @Test
  void place_everyNode_namesTheSameHome() {
    view(one, two, three);

    for (ClusterNode owner : List.of(one, two, three)) {
      AccountKey account = accountOf(owner);
      assertThat(home(account)).isEqualTo(owner);
      assertThat(machines.keySet()).filteredOn(node -> mayOpen(node, account)).containsOnly(owner);
    }
  }

  @Test
  void mayOpen_beforeAllHaveReported_false() {
    begin(one, two, three);

    assertThat(machine(one).place(accountOf(one), now)).isInstanceOf(HomePlace.Unsettled.class);
    assertThat(mayOpen(one, accountOf(one))).isFalse();
  }

  @Test
  void mayOpen_accountInUseWhenAnotherJoins_staysWhereItIs() {
    view(one, two);
    pass(LostNodes.SILENT);
    beat(one, two);
    AccountKey account = accountOf(three);
    ClusterNode before = home(account);
    assertThat(mayOpen(before, account)).isTrue();
    uses.put(before, Set.of(account));

    begin(one, two, three);
    assertThat(machine(before).place(account, now)).isInstanceOf(HomePlace.Unsettled.class);
    agree(one, two, three);

    assertThat(home(account)).isEqualTo(before);
    assertThat(mayOpen(before, account)).isTrue();
    assertThat(mayOpen(three, account)).isFalse();
  }

  @Test
  void mayOpen_idleAccountWhenAnotherJoins_moves() {
    view(one, two);
    pass(LostNodes.SILENT);
    beat(one, two);

    view(one, two, three);

    assertThat(mayOpen(three, accountOf(three))).isTrue();
  }

  @Test
  void mayOpen_homeWasSeenToDie_waitsForItsConnectionsToBeForgotten() {
    view(one, two, three);
    AccountKey account = accountOf(three);
    machine(one).died(three.run(), now);
    machine(two).died(three.run(), now);
    view(one, two);
    ClusterNode heir = home(account);

    pass(Duration.ofMillis(1499));
    assertThat(mayOpen(heir, account)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(mayOpen(heir, account)).isTrue();
  }

  @Test
  void mayOpen_providerCountsClosedConnectionsLonger_waitsAsLong() {
    view(one, two, three);
    AccountKey account = accountOf(three);
    machine(one).died(three.run(), now);
    machine(two).died(three.run(), now);
    view(one, two);
    Duration coolDown = Duration.ofSeconds(4);

    pass(coolDown.minusMillis(1));
    beat(one, two);
    assertThat(machine(home(account)).mayOpen(account, coolDown, now)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(machine(home(account)).mayOpen(account, coolDown, now)).isTrue();
  }

  @Test
  void mayOpen_homeFellSilent_waitsUntilItHasClosedItsConnections() {
    view(one, two, three);
    AccountKey account = accountOf(three);
    view(one, two);
    ClusterNode heir = home(account);

    pass(LostNodes.SILENT.minusMillis(1));
    beat(one, two);
    assertThat(mayOpen(heir, account)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(mayOpen(heir, account)).isTrue();
  }

  @Test
  void mayOpen_nextViewWhileItWaits_goesOnWaiting() {
    view(one, two, three);
    AccountKey account = accountOf(three);
    view(one, two);
    // It has used the account less than a minute ago, when that was at home here.
    uses.put(home(account), Set.of(account));

    view(one, two);

    assertThat(mayOpen(home(account), account)).isFalse();
  }

  @Test
  void mayOpen_accountOfANodeThatIsStillThere_doesNotWait() {
    view(one, two, three);

    view(one, two);

    assertThat(mayOpen(one, accountOf(one))).isTrue();
    assertThat(closings.get(one)).isZero();
  }

  @Test
  void viewed_minority_closesAndOpensNothing() {
    view(one, two, three);
    AccountKey account = accountOf(three);
    uses.put(three, Set.of(account));

    view(three);

    assertThat(closings.get(three)).isOne();
    assertThat(mayOpen(three, account)).isFalse();
  }

  @Test
  void tick_noConfirmationForTheTerm_closes() {
    view(one, two, three);
    AccountKey account = accountOf(one);

    pass(Lease.TERM.plusMillis(1));

    assertThat(mayOpen(one, account)).isFalse();
    assertThat(machine(one).tick(now)).isTrue();
    assertThat(machine(one).tick(now)).isFalse();
  }

  /** What was in the buffers of a process that stood still says nothing about now. */
  @Test
  void mayOpen_confirmationsReadLate_doNotCount() {
    view(one, two, three);
    machine(two).received(one, machine(one).beat(now));
    ClusterMessage.Beat confirms = machine(two).beat(now);

    pass(Lease.TERM.plusMillis(1));
    machine(one).received(two, confirms);

    assertThat(mayOpen(one, accountOf(one))).isFalse();
  }

  @Test
  void report_ofANodeThatStoodStill_keepsNothing() {
    view(one, two, three);
    AccountKey account = accountOf(three);
    uses.put(three, Set.of(account));
    pass(LostNodes.SILENT);
    view(one, two);
    ClusterNode heir = home(account);
    uses.put(heir, Set.of(account));
    pass(LostNodes.SILENT);
    beat(one, two);
    assertThat(mayOpen(heir, account)).isTrue();

    view(one, two, three);

    assertThat(closings.get(three)).isOne();
    assertThat(home(account)).isEqualTo(heir);
    assertThat(mayOpen(three, account)).isFalse();
  }

  @Test
  void mayOpen_twoNodes_onlyThePrimaryGoesOnAlone() {
    start(2, one, two);
    view(one, two);

    view(one);
    view(two);
    pass(LostNodes.SILENT);
    beat(one);
    beat(two);

    AccountKey account = accountOf(two);
    assertThat(mayOpen(one, account)).isTrue();
    assertThat(mayOpen(two, account)).isFalse();
  }

  @Test
  void mayOpen_tooFewOfTheListedNodes_false() {
    view(two);

    assertThat(mayOpen(two, accountOf(two))).isFalse();
    assertThat(machine(two).isInCharge(now)).isFalse();
  }

  @Test
  void mayOpen_firstStartWithoutAllNodes_waitsForThoseThatMayHaveRun() {
    view(one, two);
    AccountKey account = accountOf(one);

    assertThat(mayOpen(one, account)).isFalse();
    pass(LostNodes.SILENT);
    beat(one, two);
    assertThat(mayOpen(one, account)).isTrue();
  }

  @Test
  void mayOpen_nodeLeft_waitsBriefly_andTheRestNeedNoMajorityOfIt() {
    view(one, two, three);
    AccountKey account = accountOf(three);
    machine(one).leaves(three, now);
    machine(two).leaves(three, now);

    view(one, two);
    pass(LostNodes.CLOSED);

    assertThat(mayOpen(home(account), account)).isTrue();
  }

  @Test
  void mayOpen_copiedCacheFolder_neitherNodeUsesAccounts() {
    ClusterNode twin = new ClusterNode("one", 99, "10.0.0.9", 7800, false);
    start(2, one, twin);

    view(one, twin);

    assertThat(mayOpen(one, accountOf(one))).isFalse();
  }

  @Test
  void settle_reportThatCameBeforeTheView_counts() {
    view(one, two);
    ClusterView next = new ClusterView("view " + ++views, List.of(one, two));
    boolean _ = machine(two).viewed(next, now);
    ClusterMessage.Report early = machine(two).report(Set.of(), Map.of(), now);
    boolean _ = machine(one).reported(two, early, now);

    boolean _ = machine(one).viewed(next, now);
    boolean _ = machine(one).reported(one, machine(one).report(Set.of(), Map.of(), now), now);

    assertThat(machine(one).isSettled()).isTrue();
  }
}
