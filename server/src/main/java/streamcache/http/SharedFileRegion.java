package streamcache.http;

import io.netty.channel.DefaultFileRegion;
import java.nio.channels.FileChannel;

/**
 * A range of a file that many playbacks send at the same time: the end of one transfer must not
 * close the file for the others. A subclass, because the epoll transport uses sendfile only for
 * {@link DefaultFileRegion}.
 */
final class SharedFileRegion extends DefaultFileRegion {

  SharedFileRegion(FileChannel file, long from, long length) {
    super(file, from, length);
  }

  @Override
  protected void deallocate() {
    // The store owns the file.
  }
}
