package io.millrace.identity;

import io.millrace.model.Glob;
import java.util.List;

/**
 * How identifiers of one kind join.
 *
 * @param most how many of the kind, and of one system, a person or an account may have
 * @param shared an identifier that is linked to more than this many stronger ones joins nothing
 * @param never values that join nothing
 */
public record KindRule(String kind, int most, int shared, List<Glob> never) {
  public KindRule {
    never = List.copyOf(never);
  }
}
