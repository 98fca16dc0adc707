package streamcache.cli;

import java.util.ArrayList;
import java.util.List;
import streamcache.fill.Fills;
import streamcache.link.Link;
import streamcache.origin.Failure;
import streamcache.trouble.Notes;
import streamcache.trouble.Remedies;

/**
 * Says which title has the connection that a viewer waited for, and whether another program was
 * asked to replace the title that fails.
 */
record ViewerNotes(Fills fills, Remedies remedies) implements Notes {

  @Override
  public List<String> of(Link link, Failure failure) {
    List<String> notes = new ArrayList<>();
    if (failure instanceof Failure.Limit || failure instanceof Failure.Occupied) {
      fills.firstInLine(link).map(name -> "First in line: " + name).ifPresent(notes::add);
    }
    notes.addAll(remedies.notes(link.key()));
    return notes;
  }
}
