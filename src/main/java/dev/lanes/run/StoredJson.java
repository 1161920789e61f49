package dev.lanes.run;

import tools.jackson.databind.json.JsonMapper;

/** JSON that PostgreSQL stores: it takes every text but one with the character U+0000. */
public final class StoredJson {

  private StoredJson() {}

  /** The value as text for a {@code jsonb} column; U+0000 becomes the replacement character. */
  public static String of(JsonMapper json, Object value) {
    return json.writeValueAsString(value).replace("\\u0000", "\\ufffd");
  }
}
