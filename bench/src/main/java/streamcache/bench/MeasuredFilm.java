package streamcache.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import streamcache.testkit.Content;

/** The film used in the measurements, and the nginx configuration that serves it. */
final class MeasuredFilm {

  static final String NAME = "film.mkv";
  static final String SMALL_NAME = "small.mkv";

  /** Small enough that twenty of it stay in the page cache. */
  static final String PART_NAME = "part.mkv";

  /** For measurements of the number of titles: the files themselves cost next to nothing. */
  static final String TINY_NAME = "tiny.mkv";

  static final long BYTES = 512L * 1024 * 1024;
  static final long PART_BYTES = 128L * 1024 * 1024;

  private static final long SMALL_BYTES = 2L * 1024 * 1024;
  private static final long TINY_BYTES = 32L * 1024;

  private MeasuredFilm() {}

  /** Writes all films into {@code folder}. */
  static void write(Path folder) throws IOException {
    write(folder.resolve(NAME), BYTES);
    write(folder.resolve(SMALL_NAME), SMALL_BYTES);
    write(folder.resolve(PART_NAME), PART_BYTES);
    write(folder.resolve(TINY_NAME), TINY_BYTES);
  }

  private static void write(Path file, long bytes) throws IOException {
    Content content = Content.of(/* seed= */ 1, bytes);
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(bytes, 2L * 1024 * 1024));
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long at = 0; at < bytes; at += block.capacity()) {
        content.fill(at, block.clear());
        block.clear();
        while (block.hasRemaining()) {
          out.write(block);
        }
      }
    }
  }

  /** The configuration that published measurements recommend for media: sendfile, no tcp_nopush. */
  static String nginxConfig(Path folder, int port) {
    return """
    user root;
    worker_processes 2;
    pid %1$s/nginx.pid;
    error_log %1$s/error.log;
    events { worker_connections 2048; }
    http {
      access_log off;
      sendfile on; tcp_nopush off; tcp_nodelay on; sendfile_max_chunk 2m;
      open_file_cache max=100; keepalive_requests 1000000;
      types { video/x-matroska mkv; }
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      server {
        listen 127.0.0.1:%2$d; root %1$s;
        location /paced/ { alias %1$s/; limit_rate 2m; }
      }
    }
    """
        .formatted(folder, port);
  }

  /** A caching proxy as its documentation recommends, with one download a title. */
  static String nginxCacheConfig(Path folder, int port, int provider) {
    return """
    user root;
    worker_processes 2;
    pid %1$s/nginx.pid;
    error_log %1$s/error.log;
    events { worker_connections 2048; }
    http {
      access_log off;
      sendfile on; tcp_nopush off; tcp_nodelay on; sendfile_max_chunk 2m;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      proxy_cache_path %1$s/cache levels=1:2 keys_zone=films:10m max_size=10g use_temp_path=off;
      server {
        listen 127.0.0.1:%2$d;
        location / {
          proxy_pass http://127.0.0.1:%3$d;
          proxy_cache films; proxy_cache_valid 200 1h; proxy_cache_key $request_uri;
          proxy_cache_lock on; proxy_cache_lock_timeout 10m; proxy_cache_lock_age 10m;
        }
      }
    }
    """
        .formatted(folder, port, provider);
  }
}
