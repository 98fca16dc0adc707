package streamcache.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import streamcache.settings.ListenSettings;
import streamcache.settings.Settings;

/** The health command, for containers and services: exit code 0 if the server responds with ok. */
final class HealthCommand {

  private static final int WITHIN_MILLIS = 3000;

  private HealthCommand() {}

  static int ask(Settings settings, PrintWriter out) {
    String answer = answer(settings);
    out.println(answer);
    return answer.startsWith("ok") ? 0 : 1;
  }

  /** Whether the server with these settings runs and is healthy. */
  static boolean isWell(Settings settings) {
    return answer(settings).startsWith("ok");
  }

  private static String answer(Settings all) {
    ListenSettings settings = all.listen();
    String host = settings.bind().isEmpty() ? "127.0.0.1" : settings.bind();
    return answer(host, settings.port(), all.tls().isPresent());
  }

  /** The response of /healthz, or a sentence that says why there is none. */
  private static String answer(String host, int port, boolean isSecure) {
    try (Socket socket = OwnServer.connect(host, port, isSecure, WITHIN_MILLIS)) {
      String request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String status = lines.readLine();
      if (status == null || !status.contains(" 200")) {
        return "port " + port + " answers, but not as a healthy server";
      }
      return lines.lines().dropWhile(line -> !line.isEmpty()).skip(1).findFirst().orElse("ok");
    } catch (IOException e) {
      return "nothing answers on port " + port;
    }
  }
}
