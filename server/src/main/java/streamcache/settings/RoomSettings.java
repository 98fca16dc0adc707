package streamcache.settings;

/** What each room of the server is built from; everything but how the process itself behaves. */
public record RoomSettings(
    StoreSettings store,
    FillSettings fill,
    ListenSettings listen,
    LinkSettings link,
    TroubleSettings trouble,
    ClientSettings clients) {}
