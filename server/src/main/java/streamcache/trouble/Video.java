package streamcache.trouble;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import streamcache.clip.Clip;
import streamcache.playback.ClientGone;
import streamcache.playback.Exchange;
import streamcache.playback.Unreadable;
import streamcache.range.ByteRange;

/** What is shown in place of a title. Any thread. */
sealed interface Video {

  /** In bytes. */
  long length();

  /** A strong ETag with its quotes. */
  String etag();

  String contentType();

  /** Sends these bytes as a body or part of one; blocks like the exchange. */
  void send(Exchange exchange, ByteRange range) throws ClientGone, Unreadable;

  /** Drawn and encoded for its cause; held in memory, not in a file. */
  record Drawn(Clip clip) implements Video {

    /** Large enough that a player at line speed causes few wake-ups. */
    private static final int PIECE_BYTES = 128 * 1024;

    @Override
    public long length() {
      return clip.length();
    }

    @Override
    public String etag() {
      return clip.etag();
    }

    @Override
    public String contentType() {
      return Clip.CONTENT_TYPE;
    }

    @Override
    public void send(Exchange exchange, ByteRange range) throws ClientGone, Unreadable {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, range.length()));
      for (long at = range.start(); at < range.end(); at += piece.limit()) {
        piece.clear().limit((int) Math.min(piece.capacity(), range.end() - at));
        clip.read(at, piece);
        exchange.body(piece.flip());
      }
    }
  }

  /** The operator's own; its file stays open, so that no request's thread opens one. */
  record Own(FileChannel file, long length, String etag, String contentType) implements Video {
    @Override
    public void send(Exchange exchange, ByteRange range) throws ClientGone, Unreadable {
      exchange.body(file, range.start(), range.end());
    }
  }
}
