package dev.lanes.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The place in a list from which the next page begins, opaque to clients. */
public final class Cursor {

  private Cursor() {}

  /** Hides the key of the last item of a page. */
  public static String of(Object lastKey) {
    byte[] key = String.valueOf(lastKey).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  /**
   * The key of the last item of the page before, or null for the first page.
   *
   * @throws ApiException if the cursor is not one that a list gave
   */
  public static @Nullable String key(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong(cursor);
    }
  }

  /** The refusal of a cursor that no list gave. */
  public static ApiException wrong(@Nullable String cursor) {
    return new ApiException(
        ErrorCode.INVALID_REQUEST,
        "cursor is \"%s\"; take it from \"next\" of the page before".formatted(cursor));
  }

  /**
   * The number of items of a page.
   *
   * @throws ApiException if it is not from 1 to 500
   */
  public static int limit(int limit) {
    if (limit < 1 || limit > 500) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST, "limit is %d; it must be from 1 to 500".formatted(limit));
    }
    return limit;
  }
}
