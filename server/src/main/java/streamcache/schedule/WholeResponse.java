package streamcache.schedule;

/**
 * The head of a response with the whole file, of which a range was requested.
 *
 * @param mayBeForIfRange whether the request carried an If-Range, and the response does not say
 *     that the file has changed
 * @param offersRanges whether the response says that ranges are supported
 * @param isDisputed whether its validators differ from those of the stored file
 */
public record WholeResponse(boolean mayBeForIfRange, boolean offersRanges, boolean isDisputed) {}
