package io.millrace.flow.order;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows of the sources, those for repeats as far as ids are kept for them. Sources change
 * while the flow runs, and how long its stores keep ids does not: a window that became longer than
 * all were at the start counts as the longest of then, and the log says so. Past that a store would
 * take an id and not keep it, and every repetition would pass.
 */
public final class RememberedWindows implements SourceWindows {
  private static final Logger LOG = LoggerFactory.getLogger(RememberedWindows.class);

  private final SourceWindows declared;
  private final Duration longest;
  private final Set<String> cut = ConcurrentHashMap.newKeySet();

  public RememberedWindows(SourceWindows declared) {
    this.declared = declared;
    this.longest = declared.longestDedupe();
  }

  @Override
  public Duration dedupe(String source) {
    Duration window = declared.dedupe(source);
    if (window.compareTo(longest) <= 0) {
      return window;
    }
    if (cut.add(source)) {
      LOG.error(
          "The dedupe window of source {} is {}, but ids are kept for windows of up to {}: what it"
              + " repeats later than that passes again. Restart every stream process to keep them"
              + " longer.",
          source,
          window,
          longest);
    }
    return longest;
  }

  @Override
  public Duration longestDedupe() {
    return longest;
  }

  @Override
  public Optional<Duration> reorder(String source) {
    return declared.reorder(source);
  }
}
