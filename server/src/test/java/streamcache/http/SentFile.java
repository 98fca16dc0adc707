package streamcache.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Headers;
import streamcache.playback.Unreadable;
import streamcache.testkit.Content;

/** A file with position-dependent bytes, open for sending. */
record SentFile(Content content, FileChannel channel) implements AutoCloseable {

  static SentFile of(Path folder, long length) throws IOException {
    SentFile film = sparse(folder, length);
    film.write(0, (int) length);
    return film;
  }

  /** Consists of one hole; {@link #write} fills the ranges a test needs. */
  static SentFile sparse(Path folder, long length) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("film"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE);
    channel.write(ByteBuffer.allocate(1), length - 1);
    return new SentFile(Content.of(7, length), channel);
  }

  void write(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content.bytes(from, count));
    while (bytes.hasRemaining()) {
      channel.write(bytes, from + bytes.position());
    }
  }

  /** Sends {@code [from, to)} with a Content-Length. */
  void send(Exchange exchange, long from, long to) throws ClientGone, Unreadable {
    exchange.head(200, new Headers().add("Content-Length", Long.toString(to - from)));
    exchange.body(channel, from, to);
    exchange.end();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
