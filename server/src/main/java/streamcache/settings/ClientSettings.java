package streamcache.settings;

/**
 * What the players behind one address may take up.
 *
 * @param streams answers under way at once; 0 for any number
 * @param newTitles titles a minute of which nothing is known; 0 for any number
 */
public record ClientSettings(int streams, int newTitles) {}
