package streamcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the accounts keep of closed titles. */
final class AccountsTest {

  private final Accounts accounts = new Accounts();

  /** Links may name any number of titles; a client that asks for too many is refused afterwards. */
  @Test
  void closed_titlesOfWhichNothingIsStored_leaveNothing() {
    for (int title = 0; title < 1000; title++) {
      var _ = accounts.of(StoreRig.key(title));
      accounts.closed(StoreRig.key(title));
    }
    assertThat(accounts.size()).isZero();
  }

  @Test
  void closed_titleWithBytes_isCountedOn() {
    accounts.of(StoreRig.key(1)).add(4096);
    accounts.closed(StoreRig.key(1));
    assertThat(accounts.used()).isEqualTo(4096);
    assertThat(accounts.of(StoreRig.key(1)).bytes()).isEqualTo(4096);
  }

  @Test
  void closed_titleThatWasGivenUp_leavesNothing() {
    Accounts.Entry entry = accounts.of(StoreRig.key(1));
    entry.add(4096);
    entry.add(-4096);
    accounts.closed(StoreRig.key(1));
    assertThat(accounts.size()).isZero();
    assertThat(accounts.titles()).isZero();
  }
}
