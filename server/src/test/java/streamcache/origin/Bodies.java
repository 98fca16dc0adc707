package streamcache.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import streamcache.testkit.Content;

/** Beginnings of files of every kind, for tests of what may be served as a film. */
final class Bodies {

  private Bodies() {}

  /** Containers that players open. */
  static Map<String, byte[]> films() {
    Map<String, byte[]> films = new LinkedHashMap<>();
    films.put("matroska", binary("\u001aE\u00df\u00a3\u0093B\u0082\u0088matroska"));
    films.put("mp4", binary("\0\0\0\u0018ftypisom"));
    films.put("quicktime", binary("\0\0\0\u0014ftypqt  "));
    films.put("moov", binary("\0\u0001\0\u0018moov"));
    films.put("avi", binary("RIFF\0\0\u0001\0AVI LIST"));
    films.put("wav", binary("RIFF\0\0\u0001\0WAVEfmt "));
    films.put("flv", binary("FLV\u0001\u0005\0\0\0\t"));
    films.put("ogg", binary("OggS\0\u0002\0\0"));
    films.put("mpeg", binary("\0\0\u0001\u00ba!\0\u0001"));
    films.put("asf", binary("0&\u00b2u\u008ef\u00cf\u0011\u00a6\u00d9"));
    films.put("realmedia", binary(".RMF\0\0\0\u0012"));
    films.put("flac", binary("fLaC\0\0\0\""));
    films.put("mp3", binary("ID3\u0003\0\0\0\0"));
    films.put("layer3", binary("\u00ff\u00fb\u0090d\0\0"));
    films.put("aac", binary("\u00ff\u00f1P\u0080\u0002\u001f"));
    films.put("mxf", binary("\u0006\u000e+4\u0002\u0005\u0001\u0001\r\u0001"));
    films.put("wtv", binary("\u00b7\u00d8\0 7I\u00da\u0011\u00a6N"));
    byte[] packets = binary("G@\0\u0010\0");
    packets[188] = 0x47;
    packets[376] = 0x47;
    films.put("transport stream", packets);
    return films;
  }

  /** Files that are not films, whatever their label says. */
  static Map<String, byte[]> others() {
    Map<String, byte[]> others = new LinkedHashMap<>();
    others.put("html", text("<!DOCTYPE html><html><body>Sign in</body></html>\n"));
    others.put("html without doctype", text("\n  <HTML lang=en><p>Sign in\n"));
    others.put("html with a stray zero", text("<html>\n\0\u0001<p>Sign in\n"));
    others.put("xml", text("\ufeff<?xml version=\"1.0\"?><error code=\"7\"/>\n"));
    others.put("json", text("{\"status\": \"error\", \"message\": \"no such user\"}\n"));
    others.put("json list", text("[1, 2, 3]\n"));
    others.put("plain text", text("Go away.\r\n"));
    others.put("text in UTF-8", text("\u00c4rger mit dem Z\u00fcgel \u2013 \u4e2d\u6587\n"));
    others.put("text in Latin-1", repeated("\u00c4rger mit dem Z\u00fcgel\n".getBytes(ISO_8859_1)));
    others.put("text in UTF-16 with a mark", repeated("\ufeffSign in\n".getBytes(UTF_16LE)));
    others.put("text in UTF-16, big end, with a mark", repeated("\ufeffSign".getBytes(UTF_16BE)));
    others.put("text in UTF-16", repeated("Sign in here\n".getBytes(UTF_16LE)));
    others.put("text in UTF-16, big end", repeated("Sign in here\n".getBytes(UTF_16BE)));
    others.put("key", text("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n"));
    others.put("script", text("#!/bin/sh\nexit 0\n"));
    others.put("playlist", text("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n"));
    others.put("playlist with a mark", text("\ufeff\n#EXTM3U\na.ts\n"));
    others.put("letters of a container", text("OggS of the sea and FLV and RIFF\n"));
    others.put("letters of a tag", text("ID3 is what it says and goes on to say\n"));
    others.put("png", binary("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"));
    others.put("jpeg", binary("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF"));
    others.put("gif", binary("GIF89a\u0001\0\u0001\0"));
    others.put("webp", binary("RIFF\0\0\u0001\0WEBPVP8 "));
    others.put("avif", binary("\0\0\0\u001cftypavif\0\0"));
    others.put("heic", binary("\0\0\0\u001cftypheic\0\0"));
    others.put("tiff", binary("II*\0\b\0\0\0"));
    others.put("gzip", binary("\u001f\u008b\b\0\0\0"));
    others.put("zip", binary("PK\u0003\u0004\u0014\0"));
    others.put("rar", binary("Rar!\u001a\u0007\u0001\0"));
    others.put("7z", binary("7z\u00bc\u00af'\u001c\0\u0004"));
    others.put("xz", binary("\u00fd7zXZ\0\0\u0004"));
    others.put("zstd", binary("(\u00b5/\u00fd\u0004\0"));
    byte[] tar = binary("etc/passwd\0\0");
    System.arraycopy("ustar\0".getBytes(ISO_8859_1), 0, tar, 257, 6);
    others.put("tar", tar);
    others.put("elf", binary("\u007fELF\u0002\u0001\u0001\0"));
    others.put("exe", binary("MZ\u0090\0\u0003\0\0\0"));
    others.put("class", binary("\u00ca\u00fe\u00ba\u00be\0\0\0E"));
    others.put("pdf", binary("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"));
    others.put("sqlite", binary("SQLite format 3\0\u0010\0"));
    others.put("office", binary("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"));
    return others;
  }

  /** Bytes of no known format. */
  static byte[] unknown() {
    return binary("\u0001\u0080\u0002x");
  }

  /** The mark, followed by arbitrary bytes. */
  private static byte[] binary(String mark) {
    byte[] bytes = Content.of(4, 2000).bytes();
    byte[] begins = mark.getBytes(ISO_8859_1);
    System.arraycopy(begins, 0, bytes, 0, begins.length);
    return bytes;
  }

  private static byte[] text(String text) {
    return repeated(text.getBytes(UTF_8));
  }

  /** Repeats the piece until it is longer than any check of the beginning reads. */
  private static byte[] repeated(byte[] piece) {
    byte[] all = new byte[(2000 / piece.length + 1) * piece.length];
    for (int at = 0; at < all.length; at += piece.length) {
      System.arraycopy(piece, 0, all, at, piece.length);
    }
    return all;
  }

  /** Long enough not to be taken for an error page. */
  static byte[] lengthened(byte[] body) {
    byte[] all = Arrays.copyOf(body, 400_000 / body.length * body.length);
    for (int at = body.length; at < all.length; at += body.length) {
      System.arraycopy(body, 0, all, at, Math.min(body.length, all.length - at));
    }
    return all;
  }
}
