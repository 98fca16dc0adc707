package streamcache.testkit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import streamcache.testkit.RecordedRequest.End;

/**
 * One client connection of a scripted origin, on a virtual thread of its own (a second thread
 * drains what the client sends).
 */
final class Connection implements Runnable {

  private final ScriptedOrigin origin;
  private final long id;
  private final Socket raw;
  private final Socket socket;
  private final Inbox inbox = new Inbox();
  private volatile boolean cutByTest;

  /**
   * @param raw the accepted socket
   * @param socket the socket to read and write: the same one, or TLS over it
   */
  Connection(ScriptedOrigin origin, long id, Socket raw, Socket socket) {
    this.origin = origin;
    this.id = id;
    this.raw = raw;
    this.socket = socket;
  }

  /** Whether the client's end has one of the given ports. */
  boolean isOneOf(Set<Integer> clientPorts) {
    return clientPorts.contains(raw.getPort());
  }

  @Override
  public void run() {
    try {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64);
      var input = socket.getInputStream();
      Thread.ofVirtual().name("origin-inbox-" + id).start(() -> inbox.drain(input));
      boolean again = true;
      while (again) {
        List<String> head = inbox.head();
        again = head != null && serve(head, out);
      }
      socket.close();
    } catch (IOException _) {
      // Recorded with the request; without a request the connection produced nothing.
    } finally {
      close(Cut.FIN);
      origin.closed(this);
    }
  }

  /** Ends the connection from the test's thread: a running response counts as cut. */
  void cut(Cut how) {
    cutByTest = true;
    close(how);
  }

  /** From any thread; wakes every thread that waits for the network here. */
  private void close(Cut how) {
    try {
      if (how == Cut.RESET) {
        raw.setSoLinger(true, 0);
      }
      raw.close();
    } catch (IOException _) {
      // It is closed in either case.
    }
    inbox.gone().complete(true);
  }

  private boolean serve(List<String> head, OutputStream out) throws IOException {
    Fields headers = Fields.parse(head.subList(1, head.size()));
    byte[] body = inbox.body(headers.first("Content-Length").map(Integer::valueOf).orElse(0));
    RecordedRequest request = origin.record(id, head.getFirst(), headers);
    Wire wire = new Wire(request, body, inbox, raw, out);
    End end = End.CLIENT_GONE;
    try {
      origin.answer(wire);
      end = End.COMPLETE;
    } catch (Wire.Stopped stopped) {
      end = stopped.end();
      throw stopped;
    } finally {
      origin.ended(request, end == End.CLIENT_GONE && cutByTest ? End.CUT : end);
    }
    return wire.keepsAlive();
  }
}
