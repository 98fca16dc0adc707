package streamcache.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A complete response as a client received it. Immutable. */
public final class Answer {

  private final AnswerHead head;
  private final byte[] body;
  private final BodyEnd ending;

  Answer(AnswerHead head, byte[] body, BodyEnd ending) {
    this.head = head;
    this.body = body;
    this.ending = ending;
  }

  public AnswerHead head() {
    return head;
  }

  public int status() {
    return head.status();
  }

  public Fields headers() {
    return head.headers();
  }

  public Optional<String> header(String name) {
    return head.headers().first(name);
  }

  public byte[] body() {
    return body.clone();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public BodyEnd ending() {
    return ending;
  }

  public boolean endedCleanly() {
    return ending == BodyEnd.CLEAN;
  }

  /** Checks that the body is the given range of the content. */
  public Answer check(Content content, long from, long to) {
    if (body.length != to - from) {
      throw new AssertionError("expected " + (to - from) + " bytes: " + this);
    }
    content.check(from, body);
    return this;
  }

  @Override
  public String toString() {
    return head + ", " + body.length + " body bytes, " + ending;
  }
}
