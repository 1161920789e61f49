package dev.lanes.postgres;

/** The embedded PostgreSQL cannot be used, for a reason that a person can remove. */
final class EmbeddedPostgresException extends RuntimeException {

  private final String remedy;

  /**
   * @param description what was found and which rule it breaks, one or more lines
   * @param remedy what to do about it, one or more lines
   */
  EmbeddedPostgresException(String description, String remedy) {
    super(description);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
