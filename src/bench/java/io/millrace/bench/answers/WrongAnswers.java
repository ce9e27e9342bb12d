package io.millrace.bench.answers;

/**
 * The numbers of wrong results.
 *
 * @param missing events without an outcome
 * @param duplicates copies that were not dropped
 * @param minutes person-minutes whose number of events is lost or wrong
 * @param records leads whose last status is not that of their latest event
 */
public record WrongAnswers(int missing, int duplicates, int minutes, int records) {
  public int all() {
    return missing + duplicates + minutes + records;
  }

  /** In words, for a line of text. */
  public String inWords() {
    return ("%,d events missing, %,d duplicates let through, %,d person-minutes wrong, %,d"
            + " records wrong")
        .formatted(missing, duplicates, minutes, records);
  }
}
