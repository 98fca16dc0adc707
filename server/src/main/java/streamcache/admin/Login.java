package streamcache.admin;

/**
 * What a session was begun with. It lasts as long as both hold.
 *
 * @param token of the operator or of a program; for a log-in by password the same as {@code
 *     password}, which no token can be
 * @param password stands for the password, or the absence of one, at that time
 */
record Login(TokenDigest token, TokenDigest password) {

  boolean isByPassword() {
    return token.isOf(password);
  }
}
