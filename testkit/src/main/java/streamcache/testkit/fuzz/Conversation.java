package streamcache.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a client sends on one connection.
 *
 * @param bytes all of it, Latin-1
 * @param pieces the same, as it is handed to the system
 */
public record Conversation(String bytes, List<String> pieces) {

  /**
   * A client whose connection is still open at the end of a conversation gets one more response,
   * the last.
   */
  static final String FAREWELL = "OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

  static Conversation of(String bytes, Random random) {
    String all = bytes + FAREWELL;
    List<String> pieces = new ArrayList<>();
    int most = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : all.length();
    for (int at = 0; at < all.length(); ) {
      int end = Math.min(all.length(), at + 1 + random.nextInt(most));
      // Many tiny pieces of a long head cost time and reveal nothing new.
      end = pieces.size() > 50 ? all.length() : end;
      pieces.add(all.substring(at, end));
      at = end;
    }
    return new Conversation(all, pieces);
  }

  /** Returns the bytes in one line, for a message. */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      char letter = bytes.charAt(i);
      boolean isPlain = letter >= ' ' && letter < 0x7f && letter != '\\';
      shown.append(isPlain ? String.valueOf(letter) : escaped(letter));
    }
    return shown.toString();
  }

  private static String escaped(char letter) {
    return switch (letter) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\\' -> "\\\\";
      default -> String.format("\\x%02x", (int) letter);
    };
  }
}
