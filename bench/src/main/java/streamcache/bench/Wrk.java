package streamcache.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests small ranges at random offsets over persistent connections, with wrk. */
final class Wrk {

  private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  /** What wrk counted. */
  record Result(long requests, double requestsASecond) {}

  private Wrk() {}

  static Result run(Path folder, MeasuredServer server, int connections, long size, Duration time)
      throws IOException, InterruptedException {
    Path script = folder.resolve("ranges.lua");
    Files.writeString(
        script,
        """
        request = function()
          local from = math.random(0, %d)
          return wrk.format("GET", nil, {["Range"] = "bytes=" .. from .. "-" .. (from + %d)})
        end
        """
            .formatted(MeasuredFilm.BYTES - size, size - 1));
    String url = "http://127.0.0.1:" + server.port() + server.target();
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t",
                "1",
                "-c",
                Integer.toString(connections),
                "-d",
                time.toSeconds() + "s",
                "-s",
                script.toString(),
                url)
            .redirectErrorStream(true)
            .start();
    String out = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    return new Result(Long.parseLong(find(TOTAL, out)), Double.parseDouble(find(RATE, out)));
  }

  private static String find(Pattern pattern, String out) throws IOException {
    Matcher matcher = pattern.matcher(out);
    if (!matcher.find()) {
      throw new IOException("wrk said: " + out);
    }
    return matcher.group(1);
  }
}
