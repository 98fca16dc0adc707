package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import streamcache.settings.NodePlace;
import streamcache.settings.NodePlaces;
import streamcache.testkit.Waiting;

/** Real sockets on the loopback. */
final class GroupMembershipTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final String KEY = "a key of sixteen letters";

  /** What one member has seen. */
  private static final class Member implements Membership.Listener {
    private final Waiting waiting = new Waiting();
    private final GroupMembership membership;
    private ClusterView view = new ClusterView("", List.of());
    private final List<String> texts = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<ClusterNode> closed = new ArrayList<>();

    private Member(GroupMembership membership) {
      this.membership = membership;
    }

    @Override
    public void viewed(ClusterView next) {
      waiting.change(() -> view = next);
    }

    @Override
    public void received(ClusterNode from, byte[] message) {
      waiting.change(
          () -> texts.add(from.id() + ": " + new String(message, StandardCharsets.UTF_8)));
    }

    @Override
    public void closed(ClusterNode node) {
      waiting.change(() -> closed.add(node));
    }

    @Override
    public void refused(String place) {
      waiting.change(() -> refused.add(place));
    }

    private void awaitView(String... ids) {
      waiting.await(() -> view.ids().equals(Set.of(ids)), () -> view.toString());
    }

    private void awaitText(String text) {
      waiting.await(() -> texts.contains(text), texts::toString);
    }
  }

  private final List<Integer> ports = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, LOOPBACK)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Member join(String id, int place, String key) throws IOException {
    while (ports.size() < 3) {
      // Below the ports that the system gives to outgoing connections.
      int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
      boolean isApart = ports.stream().allMatch(other -> Math.abs(other - port) > 2);
      if (isApart && isFree(port) && isFree(port + ClusterPorts.LIFE_LINE_OFFSET)) {
        ports.add(port);
      }
    }
    ClusterNode node = new ClusterNode(id, id.hashCode(), "127.0.0.1", ports.get(place), false);
    NodePlaces places =
        new NodePlaces.Listed(
            ports.stream().map(port -> new NodePlace("127.0.0.1", port)).toList());
    Member member = new Member(new GroupMembership(node, LOOPBACK, places, new ClusterKey(key)));
    members.add(member);
    member.membership.join(member);
    return member;
  }

  @AfterEach
  void leave() {
    members.forEach(member -> member.membership.close());
  }

  @Test
  void join_threeNodes_haveOneViewAndHearEachOther() throws IOException {
    Member one = join("one", 0, KEY);
    Member two = join("two", 1, KEY);
    Member three = join("three", 2, KEY);

    for (Member member : members) {
      member.awaitView("one", "two", "three");
    }
    assertThat(two.view).isEqualTo(one.view).isEqualTo(three.view);
    assertThat(one.view.node("two")).contains(two.membership.self());
    two.membership.tellAll("hello".getBytes(StandardCharsets.UTF_8));
    for (Member member : members) {
      member.awaitText("two: hello");
    }
  }

  @Test
  void close_theOthersSeeItAtOnce() throws IOException {
    Member one = join("one", 0, KEY);
    Member two = join("two", 1, KEY);
    one.awaitView("one", "two");

    two.membership.close();

    one.awaitView("one");
  }

  @Test
  void join_withAnotherKey_isRefusedByBoth() throws IOException {
    Member one = join("one", 0, KEY);
    Member stranger = join("stranger", 1, KEY + ", changed");
    Member two = join("two", 2, KEY);

    one.awaitView("one", "two");
    two.awaitView("one", "two");
    stranger.awaitView("stranger");
    one.waiting.await(() -> !one.refused.isEmpty(), () -> "nobody was refused");
    stranger.waiting.await(() -> !stranger.refused.isEmpty(), () -> "nobody was refused");
    assertThat(one.view.ids()).doesNotContain("stranger");
  }
}
