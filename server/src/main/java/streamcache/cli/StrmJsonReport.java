package streamcache.cli;

import java.io.PrintWriter;
import java.util.Locale;
import streamcache.library.StrmDecision;
import streamcache.library.StrmDecision.Changed;
import streamcache.library.StrmDecision.Faulty;
import streamcache.library.StrmDecision.Kept;
import streamcache.library.StrmDecision.Left;
import streamcache.library.StrmFilm;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints one JSON object a file, for programs. */
final class StrmJsonReport extends StrmReport {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintWriter out;

  StrmJsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  void print(String file, StrmDecision decision) {
    ObjectNode json = JSON.createObjectNode().put("file", file);
    switch (decision) {
      case Changed(var change, _, StrmFilm film) ->
          film(json.put("action", change.name().toLowerCase(Locale.ROOT)), film);
      case Kept(StrmFilm film, String base) ->
          film(json.put("action", "keep").put("base", base), film);
      case Left(var reason) ->
          json.put("action", "leave").put("reason", reason.name().toLowerCase(Locale.ROOT));
      case Faulty(String sentence) -> json.put("action", "fault").put("reason", sentence);
    }
    out.println(JSON.writeValueAsString(json));
  }

  private static void film(ObjectNode json, StrmFilm film) {
    json.put("host", film.host()).put("name", film.name());
  }

  @Override
  void end() {
    out.flush();
  }
}
