package streamcache.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** How a command prints an answer of the API: as it is with {@code --json}, else for people. */
record AnswerPrinter(PrintWriter out) {

  /**
   * Prints an answer.
   *
   * @param answer empty if there is none, of which a sentence has already told
   * @return the exit code
   */
  int print(
      Invocation call, Optional<? extends JsonNode> answer, Consumer<? super JsonNode> forPeople) {
    if (answer.isEmpty()) {
      return 1;
    }
    if (call.has(TitlesCommand.JSON)) {
      out.println(answer.get().toPrettyString());
    } else {
      forPeople.accept(answer.get());
    }
    return 0;
  }
}
