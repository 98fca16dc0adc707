package streamcache.trouble;

/** Writes a problem in a few lines of text, for curl and for logs of media servers. Pure. */
final class ProblemText {

  private ProblemText() {}

  static String write(Problem problem, String requestId) {
    StringBuilder text = new StringBuilder();
    text.append(problem.cause().headline()).append('\n');
    text.append(problem.cause().meaning()).append('\n');
    problem
        .about()
        .ifPresent(about -> about.notes().forEach(note -> text.append(note).append('\n')));
    problem
        .about()
        .map(Problem.About::name)
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> text.append("Title: ").append(name).append(' '));
    return text.append("(request ").append(requestId).append(")\n").toString();
  }
}
