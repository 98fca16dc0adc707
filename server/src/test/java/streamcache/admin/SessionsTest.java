package streamcache.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Sessions last twelve hours after their last use. */
final class SessionsTest {

  private static final Login TOKEN = new Login(TokenDigest.of("token"), TokenDigest.of("password"));

  private final AtomicLong now = new AtomicLong();
  private final Sessions sessions = new Sessions(now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void login_sessionInUse_lastsOn() {
    String id = sessions.begin(TOKEN);
    for (int day = 0; day < 5; day++) {
      pass(Sessions.LIFE.minusSeconds(1));
      assertThat(sessions.login(id)).contains(TOKEN);
    }
  }

  @Test
  void login_unusedForItsLife_hasEnded() {
    String id = sessions.begin(TOKEN);
    pass(Sessions.LIFE.plusSeconds(1));
    assertThat(sessions.login(id)).isEmpty();
  }

  @Test
  void begin_beyondTheMost_endsTheLeastRecentlyUsed() {
    List<String> ids = new ArrayList<>();
    for (int count = 0; count < Sessions.MOST; count++) {
      ids.add(sessions.begin(TOKEN));
    }
    assertThat(sessions.login(ids.getFirst())).contains(TOKEN);
    ids.add(sessions.begin(TOKEN));
    assertThat(sessions.login(ids.get(1))).isEmpty();
    assertThat(sessions.login(ids.getFirst())).contains(TOKEN);
    assertThat(sessions.login(ids.getLast())).contains(TOKEN);
  }

  @Test
  void end_oneOfTwo_leavesTheOther() {
    String one = sessions.begin(TOKEN);
    String other = sessions.begin(TOKEN);
    sessions.end(one);
    assertThat(sessions.login(one)).isEmpty();
    assertThat(sessions.login(other)).contains(TOKEN);
  }

  @Test
  void endAll_endsEach() {
    List<String> ids = List.of(sessions.begin(TOKEN), sessions.begin(TOKEN));
    sessions.endAll();
    assertThat(ids).noneMatch(id -> sessions.login(id).isPresent());
  }
}
