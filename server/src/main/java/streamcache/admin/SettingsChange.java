package streamcache.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.durable.Disk;
import streamcache.durable.KeptFile;
import streamcache.settings.AdminSettings;
import streamcache.settings.FixedSettingException;
import streamcache.settings.SettingsEditor;
import streamcache.settings.SettingsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows and changes {@code streamcache.conf}. One thread reads and writes the file, so that changes
 * come one after another, and the virtual thread of a request waits for it.
 */
final class SettingsChange implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsChange.class);

  private static final int IDLE_SECONDS = 10;

  /** Makes the new content from the present one. */
  @FunctionalInterface
  interface Edit {
    SettingsEditor.Edited of(byte[] content) throws SettingsException, FixedSettingException;
  }

  private final AdminSettings settings;
  private final SettingsInEffect inEffect;
  private final InstantSource clock;
  private final SettingList list;
  private final ThreadPoolExecutor files =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("settings").factory());

  SettingsChange(AdminSettings settings, SettingsInEffect inEffect, InstantSource clock) {
    this.settings = settings;
    this.inEffect = inEffect;
    this.clock = clock;
    this.list = new SettingList(inEffect, settings.reader());
    files.allowCoreThreadTimeOut(true);
  }

  List<ApiRoute> routes() {
    String provider = "/api/v1/providers/{hosts}/settings";
    return List.of(
        ApiRoute.get("/api/v1/settings", this::show),
        ApiRoute.patch("/api/v1/settings", this::change),
        ApiRoute.patch(provider, this::changeProvider),
        ApiRoute.delete(provider, this::removeProvider));
  }

  private JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    return onThread(() -> list.show(FileTag.of(file().content())));
  }

  /** Changes settings of the server. */
  private JsonNode change(ApiRequest request) throws ApiException {
    Map<String, Optional<String>> changes = SettingsBody.of(request.permit()).single();
    return write(request, content -> editor().change(content, changes));
  }

  /** Changes keys of a provider block. */
  private JsonNode changeProvider(ApiRequest request) throws ApiException {
    SettingsBody body = SettingsBody.of(request.permit());
    String hosts = request.variable("hosts");
    return write(request, content -> editor().changeProvider(content, hosts, body.values()));
  }

  private JsonNode removeProvider(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    String hosts = request.variable("hosts");
    return write(request, content -> editor().removeProvider(content, hosts));
  }

  private JsonNode write(ApiRequest request, Edit edit) throws ApiException {
    String wanted = FileTag.wanted(request.request());
    return onThread(() -> write(wanted, edit));
  }

  private JsonNode write(String wanted, Edit edit) throws ApiException, IOException {
    KeptFile file = file();
    Optional<byte[]> content = file.content();
    if (!FileTag.matches(wanted, content)) {
      throw ApiException.fileChanged();
    }
    SettingsEditor.Edited edited;
    try {
      edited = edit.of(content.orElse(new byte[0]));
    } catch (SettingsException e) {
      throw ApiException.badRequest(String.join(" ", e.problems()));
    } catch (FixedSettingException e) {
      throw ApiException.fixed(e.sentence());
    }
    boolean isSame = FileTag.of(content).equals(FileTag.of(Optional.of(edited.content())));
    boolean isNothing = content.isEmpty() && edited.content().length == 0;
    if (!isSame && !isNothing && !file.replace(content, edited.content(), clock.instant())) {
      throw ApiException.fileChanged();
    }
    inEffect.apply(edited.settings());
    LOG.info("event=settings-changed file={}", path());
    ObjectNode answer = list.show(FileTag.of(file.content()));
    edited.settings().warnings().forEach(answer.putArray("warnings")::add);
    return answer;
  }

  private SettingsEditor editor() {
    return new SettingsEditor(settings.reader());
  }

  private Path path() {
    return settings.reader().file();
  }

  private KeptFile file() throws IOException {
    return new KeptFile(Disk.system(), path());
  }

  private JsonNode onThread(Callable<JsonNode> task) throws ApiException {
    try {
      return files.submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.busy("The server is stopping.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException problem) {
        throw problem;
      }
      if (e.getCause() instanceof IOException disk) {
        LOG.warn("event=settings-not-written error={}", disk.getClass().getSimpleName());
        throw ApiException.unwritable();
      }
      throw new IllegalStateException("a change of the settings failed", e);
    }
  }

  @Override
  public void close() {
    files.shutdown();
  }
}
