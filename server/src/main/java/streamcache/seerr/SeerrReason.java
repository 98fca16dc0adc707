package streamcache.seerr;

import java.util.Locale;
import streamcache.outbox.Reply;
import tools.jackson.core.JacksonException;

/**
 * Why Seerr refuses, in our own words: a message from another program may contain anything, and
 * goes neither into the log nor into the journal. Pure.
 */
final class SeerrReason {

  private SeerrReason() {}

  static String of(Reply reply) {
    String said = said(reply);
    if (isQuota(reply)) {
      return "the quota of the Seerr user is used up";
    }
    if (isBlocked(reply)) {
      return "it is on Seerr's block list";
    }
    if (said.contains("permission")) {
      return "the Seerr user lacks the permission";
    }
    if (said.contains("unable to retrieve") || said.contains("failed to fetch")) {
      return "Seerr's catalogue does not respond, or does not know the title";
    }
    return "Seerr answered with status " + reply.status();
  }

  static boolean isQuota(Reply reply) {
    return said(reply).contains("quota");
  }

  static boolean isBlocked(Reply reply) {
    return said(reply).contains("blocklist") || said(reply).contains("blacklist");
  }

  static boolean isCsrf(Reply reply) {
    return reply.status() == 403 && said(reply).contains("csrf");
  }

  /** Seerr also reports this with status 500. */
  static boolean isNotThere(Reply reply) {
    return reply.status() == 404 || (reply.status() == 500 && said(reply).contains("not found"));
  }

  /** The message in lower case; empty if there is none. */
  private static String said(Reply reply) {
    try {
      return SeerrCalls.JSON
          .readTree(reply.body())
          .path("message")
          .asString("")
          .toLowerCase(Locale.ROOT);
    } catch (JacksonException notJson) {
      return "";
    }
  }
}
