package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** When a writer at the limit waits, and for what. */
final class SpaceQuotaTest {
  private static final long LIMIT = 1000;

  private final Accounts accounts = new Accounts();
  private final SpaceQuota quota = new SpaceQuota(LIMIT, accounts, new ManualTime(), () -> {});

  /** A round in progress had found nothing to do, and its end made the film bypass the store. */
  @Test
  void ensure_whileARoundIsAtWork_waitsForTheNext() throws Exception {
    accounts.of(StoreRig.KEY).add(LIMIT);
    quota.roundBegins();
    quota.call(() -> {
      quota.roundEnded();
      Thread.ofPlatform().start(this::roundThatFrees);
    });
    quota.ensure(10);
    assertThat(accounts.used()).isEqualTo(LIMIT - 100);
  }

  @Test
  void ensure_roundThatFreesNothing_isRefused() {
    accounts.of(StoreRig.KEY).add(LIMIT);
    quota.call(() -> {
      quota.roundBegins();
      quota.roundEnded();
    });
    assertThatThrownBy(() -> quota.ensure(10))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Cause.FULL));
  }

  private void roundThatFrees() {
    quota.roundBegins();
    accounts.of(StoreRig.KEY).add(-100);
    quota.roundEnded();
  }
}
