package streamcache.testkit.fuzz;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import streamcache.testkit.Answer;
import streamcache.testkit.BodyEnd;
import streamcache.testkit.RawClient;

/**
 * Holds conversations with a listener and checks every response against the {@link RequestJudge}:
 * exactly one for each head, in order, well-formed, and then the end of the connection where it is
 * required.
 */
public final class ListenerFuzz {

  private static final Set<Integer> REFUSALS = Set.of(204, 400, 405, 413, 414, 431, 501, 505);

  /**
   * One request that was served, and its response.
   *
   * @param target as judged
   */
  public record Served(String method, String target, Answer answer) {}

  private ListenerFuzz() {}

  /**
   * @return the requests that were served, for callers that know the expected responses
   * @throws AssertionError on any difference, with the bytes that were sent
   */
  public static List<Served> have(Conversation conversation, InetSocketAddress address)
      throws IOException {
    List<Verdict> verdicts = RequestJudge.judge(conversation.bytes());
    List<Served> served = new ArrayList<>();
    try (RawClient client = RawClient.connect(address)) {
      send(client, conversation);
      for (Verdict verdict : verdicts) {
        Answer answer = answer(client, verdict);
        check(verdict, answer, conversation);
        if (verdict.isServed()) {
          served.add(new Served(verdict.method(), verdict.target(), answer));
        }
      }
      if (verdicts.isEmpty() || verdicts.getLast().keepsAlive()) {
        client.shutdownOutput();
      }
      if (client.awaitClose() != BodyEnd.CLEAN) {
        throw wrong("the connection was reset", verdicts, conversation);
      }
    } catch (EOFException | AssertionError e) {
      throw new AssertionError(e.getMessage() + about(verdicts, conversation), e);
    }
    return served;
  }

  private static void send(RawClient client, Conversation conversation) throws IOException {
    for (String piece : conversation.pieces()) {
      client.send(piece);
    }
  }

  private static Answer answer(RawClient client, Verdict verdict) throws IOException {
    return verdict.method().equals("HEAD") ? client.answerToHead() : client.answer();
  }

  private static void check(Verdict verdict, Answer answer, Conversation conversation) {
    List<Verdict> one = List.of(verdict);
    if (!verdict.isServed() && !REFUSALS.contains(answer.status())) {
      throw wrong("status " + answer.status(), one, conversation);
    }
    if (!answer.endedCleanly()) {
      throw wrong("an answer that is cut", one, conversation);
    }
    if (answer.header("Connection").filter("close"::equals).isPresent() == verdict.keepsAlive()) {
      throw wrong("Connection says otherwise", one, conversation);
    }
  }

  private static AssertionError wrong(
      String what, List<Verdict> verdicts, Conversation conversation) {
    return new AssertionError(what + about(verdicts, conversation));
  }

  private static String about(List<Verdict> verdicts, Conversation conversation) {
    return "\nexpected " + verdicts + "\nsent " + conversation;
  }
}
