package streamcache.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How links are made, and who may ask with which.
 *
 * @param requireSigned from whom plain links are taken
 * @param trustedProxies addresses whose word counts on who is behind them
 * @param keyFile the master keys; made at first start
 * @param keyFileNamed whether somebody named it: then there is no start without it
 * @param baseUrl where players reach this server; empty: its host name and port
 */
public record LinkSettings(
    RequireSigned requireSigned,
    List<EgressEntry.Block> trustedProxies,
    Path keyFile,
    boolean keyFileNamed,
    Optional<BaseUrl> baseUrl) {

  /** From whom a link must be signed or sealed. */
  public enum RequireSigned {
    /** From nobody: whoever reaches the port may have anything fetched. */
    OFF,
    /** From everybody but loopback and private addresses. */
    PUBLIC,
    /** From everybody. */
    ALWAYS
  }

  public LinkSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }
}
