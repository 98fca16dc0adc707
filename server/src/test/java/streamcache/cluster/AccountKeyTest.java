package streamcache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import streamcache.link.AccountId;

final class AccountKeyTest {

  @Test
  void of_hostsOfOneUser_areOneKey() {
    AccountKey one = AccountKey.of(new AccountId("one.example:80~abc123"));

    assertThat(AccountKey.of(new AccountId("two.example:8080~abc123"))).isEqualTo(one);
    assertThat(AccountKey.of(new AccountId("one.example:80~abc124"))).isNotEqualTo(one);
  }

  @Test
  void of_hostsWithoutUser_areDifferent() {
    assertThat(AccountKey.of(new AccountId("one.example:80")))
        .isNotEqualTo(AccountKey.of(new AccountId("two.example:80")));
  }
}
