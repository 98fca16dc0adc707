package streamcache.cluster;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ByteArray;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts every message of a node as a whole, with its header fields, just above the sockets
 * (AES-256-GCM); drops what was not encrypted with the key of the cluster. The library's own
 * encryption leaves header fields in clear text and unsigned, and with them who joins and leaves.
 * Called by threads of the library.
 */
final class SealedMessages extends Protocol {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final Consumer<Address> refused;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param refused receives the sender of a message that was dropped
   */
  SealedMessages(SecretKey key, Consumer<Address> refused) {
    this.key = key;
    this.refused = refused;
  }

  @Override
  public @Nullable Object down(Message message) {
    try {
      if (message.getSrc() == null) {
        message.setSrc(getAddress());
      }
      ByteArray plain = Util.messageToBuffer(message);
      Message sealed = new BytesMessage(message.getDest(), sealed(plain)).setSrc(message.getSrc());
      sealed.setFlag(message.getFlags(/* transient_flags= */ false), /* transient_flags= */ false);
      sealed.setFlag(message.getFlags(/* transient_flags= */ true), /* transient_flags= */ true);
      return down_prot.down(sealed);
    } catch (Exception e) {
      throw new IllegalStateException("a message to the other nodes cannot be encrypted", e);
    }
  }

  private byte[] sealed(ByteArray plain) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
    int size = cipher.getOutputSize(plain.getLength());
    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + size);
    int _ =
        cipher.doFinal(plain.getArray(), plain.getOffset(), plain.getLength(), all, NONCE_BYTES);
    return all;
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  @Override
  public @Nullable Object up(Message message) {
    Message opened = opened(message);
    return opened == null ? null : up_prot.up(opened);
  }

  @Override
  public void up(MessageBatch batch) {
    MessageBatch opened =
        new MessageBatch(batch.size())
            .setDest(batch.getDest())
            .setSender(batch.getSender())
            .setClusterName(batch.getClusterName())
            .multicast(batch.isMulticast())
            .setMode(batch.getMode());
    for (Message message : batch) {
      Message inner = opened(message);
      if (inner != null) {
        opened.add(inner);
      }
    }
    if (!opened.isEmpty()) {
      up_prot.up(opened);
    }
  }

  /** Null for a message that does not have the key, or does not come from its sender. */
  private @Nullable Message opened(Message sealed) {
    try {
      byte[] all = sealed.getArray();
      int from = sealed.getOffset();
      int length = sealed.getLength() - NONCE_BYTES;
      if (all == null || length <= 0) {
        throw new GeneralSecurityException("not encrypted");
      }
      byte[] nonce = Arrays.copyOfRange(all, from, from + NONCE_BYTES);
      byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce).doFinal(all, from + NONCE_BYTES, length);
      Message inner = Util.messageFromBuffer(plain, 0, plain.length);
      if (!sealed.getSrc().equals(inner.getSrc())) {
        throw new GeneralSecurityException("of another sender");
      }
      return inner;
    } catch (Exception e) {
      refused.accept(sealed.getSrc());
      return null;
    }
  }
}
