package streamcache.http;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Request;
import streamcache.playback.Unreadable;

/**
 * The production {@link Exchange}: owned by its handler's virtual thread, which blocks here while
 * the event loop of the {@link ClientConnection} sends. The head is held back until the first body
 * byte, so that both leave in one flush; an empty buffer as the body sends the head alone.
 *
 * <p>A handler that breaks the order of calls or the promised length gets an IllegalStateException:
 * this is a bug in the server and must not reach the player as a body with missing bytes.
 */
final class NettyExchange implements Exchange {

  /**
   * One file region: the unit of waiting. The thread is woken once for each, so a long one costs
   * less. It does not keep an event loop from other players: Netty leaves a socket after 16 calls,
   * and each call fills its buffer at most.
   */
  private static final long REGION_MAX = 64 << 20;

  /** One piece of a buffer; a heap buffer is copied to native memory piece by piece. */
  private static final int PIECE_MAX = 128 << 10;

  private enum Stage {
    OPEN,
    HEADED,
    ENDED,
    ABORTED
  }

  private final ClientConnection connection;
  private final Request request;
  private final DisconnectSignal signal = new DisconnectSignal();
  private boolean keepAlive;
  private Stage stage = Stage.OPEN;
  private @Nullable ResponseHead held;
  private boolean headSent;
  private Framing framing = Framing.NO_BODY;

  /** With {@link Framing#LENGTH}: how many body bytes are still to be sent. */
  private long owed;

  /** Read by any thread; written by the handler's. */
  private volatile Sent sent = new Sent(0, /* current= */ null);

  /** Why the last delivery failed. */
  private @Nullable Throwable failure;

  /**
   * Body bytes that the system has taken.
   *
   * @param settled bytes of the pieces before the current one
   * @param current the region being sent, of which a part may have been taken
   */
  private record Sent(long settled, @Nullable SharedFileRegion current) {

    /** On any thread; may lag behind the event loop, which counts the bytes of the region. */
    long bytes() {
      return current == null ? settled : settled + current.transferred();
    }
  }

  NettyExchange(ClientConnection connection, Request request, boolean keepAlive) {
    this.connection = connection;
    this.request = request;
    this.keepAlive = keepAlive;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void head(int status, Headers headers) throws ClientGone {
    expect(Stage.OPEN);
    if (isGone()) {
      throw gone();
    }
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("no final status: " + status);
    }
    String length = headers.first("Content-Length").orElse(null);
    framing = Framing.of(request, status, length != null);
    owed = framing == Framing.LENGTH && length != null ? Long.parseLong(length) : 0;
    keepAlive &= framing != Framing.UNTIL_CLOSE && !connection.isDraining();
    held = responseHead(status, headers, framing);
    stage = Stage.HEADED;
  }

  private ResponseHead responseHead(int status, Headers headers, Framing shown) {
    return ResponseHead.of(request, status, headers, shown, keepAlive);
  }

  @Override
  public void body(FileChannel file, long from, long to) throws ClientGone, Unreadable {
    claim(to - from);
    if (connection.isSecure()) {
      for (long at = from; at < to; at += FilePart.LONGEST_OF_TLS) {
        sendCopied(file, at, Math.min(to, at + FilePart.LONGEST_OF_TLS));
      }
      return;
    }
    if (to - from <= FilePart.LONGEST) {
      sendCopied(file, from, to);
      return;
    }
    for (long at = from; at < to; at += REGION_MAX) {
      long size = Math.min(REGION_MAX, to - at);
      SharedFileRegion region = new SharedFileRegion(file, at, size);
      if (!deliver(region, size)) {
        throwFailure(file, at + size);
      }
    }
  }

  private void sendCopied(FileChannel file, long from, long to) throws ClientGone, Unreadable {
    int size = (int) (to - from);
    if (size > 0 && !deliver(new FilePart(file, from, size), size)) {
      throwFailure(file, to);
    }
  }

  @Override
  public void body(ByteBuffer bytes) throws ClientGone {
    claim(bytes.remaining());
    if (!bytes.hasRemaining() && held != null && !complete(ResponsePart.plain(held, null))) {
      throw gone();
    }
    while (bytes.hasRemaining()) {
      int size = Math.min(PIECE_MAX, bytes.remaining());
      ByteBuffer piece = bytes.slice(bytes.position(), size);
      bytes.position(bytes.position() + size);
      if (!deliver(Unpooled.wrappedBuffer(piece), size)) {
        throw gone();
      }
    }
  }

  /**
   * A body may only follow a head that allows it, and must not be longer than the head announced.
   */
  private void claim(long size) {
    expect(Stage.HEADED);
    if (size > 0 && framing == Framing.NO_BODY) {
      throw new IllegalStateException("this response must not have a body");
    }
    if (framing == Framing.LENGTH) {
      if (size > owed) {
        throw new IllegalStateException("body exceeds the announced length by " + (size - owed));
      }
      owed -= size;
    }
  }

  private boolean deliver(Object body, long size) {
    long before = sent.settled();
    SharedFileRegion region = body instanceof SharedFileRegion part ? part : null;
    sent = new Sent(before, region);
    boolean taken =
        complete(
            framing == Framing.CHUNKED
                ? ResponsePart.chunk(held, body, size)
                : ResponsePart.plain(held, body));
    sent = new Sent(taken ? before + size : sent.bytes(), /* current= */ null);
    return taken;
  }

  private boolean complete(ResponsePart part) {
    held = null;
    headSent = true;
    PartWrite delivery = new PartWrite(connection, part);
    connection.submit(delivery);
    boolean taken = delivery.await();
    if (!taken) {
      stage = Stage.ABORTED;
      failure = delivery.cause();
    }
    return taken;
  }

  private void throwFailure(FileChannel file, long end) throws ClientGone, Unreadable {
    Optional<Unreadable> trouble = FileTrouble.behind(failure, file, end);
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    throw gone();
  }

  @Override
  public long sent() {
    return sent.bytes();
  }

  @Override
  public void end() throws ClientGone {
    expect(Stage.HEADED);
    if (owed > 0) {
      throw new IllegalStateException("body falls short of the announced length by " + owed);
    }
    ResponsePart rest = lastPortion();
    if (rest != null && !complete(rest)) {
      throw gone();
    }
    stage = Stage.ENDED;
  }

  private @Nullable ResponsePart lastPortion() {
    ResponseHead first = held;
    boolean open = framing == Framing.CHUNKED || framing == Framing.UNTIL_CLOSE;
    if (first != null && open) {
      Headers empty = new Headers().add("Content-Length", "0");
      first.headers().fields().forEach(field -> empty.add(field.name(), field.value()));
      return ResponsePart.plain(
          responseHead(first.status(), empty, Framing.LENGTH), /* body= */ null);
    }
    if (framing == Framing.CHUNKED) {
      return ResponsePart.lastChunk();
    }
    return first == null ? null : ResponsePart.plain(first, /* body= */ null);
  }

  private void expect(Stage expected) {
    if (stage != expected) {
      throw new IllegalStateException("exchange is " + stage + ", not " + expected);
    }
  }

  private static ClientGone gone() {
    return new ClientGone("the player's connection is gone");
  }

  @Override
  public void abort() {
    stage = Stage.ABORTED;
    connection.cut();
  }

  @Override
  public boolean isGone() {
    return stage == Stage.ABORTED || signal.isPast();
  }

  @Override
  public void onGone(Runnable action) {
    signal.then(action);
  }

  DisconnectSignal departure() {
    return signal;
  }

  /** Discards a head that has not been sent; false when it is too late for another. */
  boolean startOver() {
    if (headSent || isGone()) {
      return false;
    }
    held = null;
    owed = 0;
    stage = Stage.OPEN;
    return true;
  }

  boolean isEnded() {
    return stage == Stage.ENDED;
  }

  boolean isAborted() {
    return stage == Stage.ABORTED;
  }

  /** Whether another request may follow on the connection. */
  boolean mayKeepAlive() {
    return keepAlive && isEnded();
  }
}
