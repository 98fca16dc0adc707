package streamcache.admin;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows what is in the library's folders, and gives its files links after a preview. A walk takes
 * as long as the disk takes, so it runs by itself, one at a time, and requests ask for its state.
 */
final class LibraryRoutes implements AutoCloseable {

  private static final String FOLDER = "folder";
  private static final String PREVIEW = "preview";

  private final LibraryTrees trees;
  private final InstantSource clock;

  /** Guards the fields below; held for microseconds. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable LibrarySurvey latest;
  private long number;

  LibraryRoutes(LibraryTrees trees, InstantSource clock) {
    this.trees = trees;
    this.clock = clock;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/api/v1/library", this::show),
        ApiRoute.post("/api/v1/library/survey", this::survey),
        ApiRoute.post("/api/v1/library/wrap", this::wrap));
  }

  private JsonNode show(ApiRequest request) throws ApiException {
    ApiRequest _ = request.permit();
    return answer(latest());
  }

  private Optional<LibrarySurvey> latest() {
    lock.lock();
    try {
      return Optional.ofNullable(latest);
    } finally {
      lock.unlock();
    }
  }

  private JsonNode answer(Optional<LibrarySurvey> survey) {
    ObjectNode answer = ApiAnswer.object();
    ArrayNode folders = answer.putArray("folders");
    trees.folders().forEach(folder -> folders.add(folder.toString()));
    survey.ifPresent(found -> answer.set("survey", found.show()));
    return answer;
  }

  /** Looks only; its result is the preview of {@link #wrap}. */
  private JsonNode survey(ApiRequest request) throws ApiException {
    JsonNode body = body(request, FOLDER);
    List<Path> folders =
        body.has(FOLDER) ? List.of(inside(body.path(FOLDER).asString(""))) : trees.folders();
    return begin(folders, /* writes= */ false);
  }

  private JsonNode wrap(ApiRequest request) throws ApiException {
    String preview = body(request, PREVIEW).path(PREVIEW).asString("");
    LibrarySurvey survey =
        latest().filter(found -> found.isPreview(preview)).orElseThrow(ApiException::noPreview);
    return begin(survey.folders(), /* writes= */ true);
  }

  private JsonNode begin(List<Path> folders, boolean writes) throws ApiException {
    LibrarySurvey survey;
    lock.lock();
    try {
      if (latest != null && latest.isRunning()) {
        throw ApiException.surveyRuns();
      }
      survey = new LibrarySurvey(Long.toString(++number), folders, writes, clock);
      latest = survey;
    } finally {
      lock.unlock();
    }
    survey.start(trees);
    return answer(Optional.of(survey));
  }

  private static JsonNode body(ApiRequest request, String known) throws ApiException {
    JsonNode body = request.permit().body();
    boolean isFit =
        Set.of(known).containsAll(body.propertyNames())
            && (!body.has(known) || body.path(known).isString());
    if (!isFit) {
      throw ApiException.badRequest("The body has no properties but " + known + ", a text.");
    }
    return body;
  }

  /** A folder that the settings name, or one below; a link that leads elsewhere is not. */
  private Path inside(String written) throws ApiException {
    Optional<Path> found = FileThread.call(() -> real(written));
    List<Path> own = new ArrayList<>();
    for (Path folder : trees.folders()) {
      FileThread.call(() -> real(folder.toString())).ifPresent(own::add);
    }
    return found
        .filter(folder -> own.stream().anyMatch(folder::startsWith))
        .orElseThrow(() ->
            ApiException.badRequest(
                "folder has to be a folder of the library that the settings name, or one"
                    + " below it."));
  }

  private static Optional<Path> real(String written) {
    try {
      return Optional.of(Path.of(written).toRealPath());
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Ends a walk, between two files. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (latest != null) {
        latest.stop();
      }
    } finally {
      lock.unlock();
    }
  }
}
