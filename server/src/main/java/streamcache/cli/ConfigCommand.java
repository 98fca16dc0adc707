package streamcache.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import streamcache.settings.Effective;
import streamcache.settings.Settings;
import streamcache.store.StoreFolder;

/** The config command: every setting with its value and where that comes from. */
record ConfigCommand(Settings settings, PrintWriter out, PrintWriter err) {

  int run() {
    settings.effective().forEach(effective -> out.println(line(effective)));
    settings.fill().providers().all().stream()
        .flatMap(block -> block.lines().stream())
        .forEach(out::println);
    settings.imports().blocks().stream()
        .flatMap(block -> block.lines().stream())
        .forEach(out::println);
    settings.warnings().forEach(warning -> err.println("streamcache: " + warning));
    return 0;
  }

  /** A rule is followed by what it gives here. */
  private String line(Effective effective) {
    return effective.line() + result(effective).map(value -> ": " + value).orElse("");
  }

  private Optional<String> result(Effective effective) {
    if (effective.value().isPresent()) {
      return Optional.empty();
    }
    return switch (effective.setting().name()) {
      case "CACHE_MAX_BYTES" -> size(limit());
      case "CACHE_LOW_WATERMARK_BYTES" -> size(lowWatermark());
      case "SECRET_KEY_FILE" -> Optional.of(settings.link().keyFile().toString());
      case "BASE_URL" -> Optional.of(LinkBase.of(settings.rooms()));
      default -> Optional.empty();
    };
  }

  /** Empty if the cache folder is not readable for this user. */
  private OptionalLong limit() {
    OptionalLong written = settings.store().maxBytes();
    return written.isPresent() ? written : new StoreFolder(settings.store().folder()).limit();
  }

  private OptionalLong lowWatermark() {
    OptionalLong limit = limit();
    return limit.isEmpty()
        ? limit
        : OptionalLong.of(settings.store().lowWatermark(limit.getAsLong()));
  }

  private static Optional<String> size(OptionalLong bytes) {
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d, which is %s".formatted(bytes.getAsLong(), Printable.bytes(bytes.getAsLong())));
  }
}
