package streamcache.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import streamcache.link.AccountId;

/**
 * What decides the home of an account. All hosts under which one user of a panel may be reached
 * have the same key: a node may have learned that they are one account while another has not.
 */
record AccountKey(long digest) {

  static AccountKey of(AccountId account) {
    String value = account.value();
    int user = value.lastIndexOf('~');
    return new AccountKey(hash("account:" + (user < 0 ? value : value.substring(user))));
  }

  /** The rank of a node for this account: the node with the highest is its home. */
  long rank(String node) {
    return hash(node + ":" + digest);
  }

  private static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
