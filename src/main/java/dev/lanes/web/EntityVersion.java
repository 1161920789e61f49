package dev.lanes.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The version of something that callers may change, as the headers {@code ETag} and {@code
 * If-Match} of RFC 9110 tell it. Who changes it must have seen the newest one.
 *
 * @param number grows with every change
 */
public record EntityVersion(long number) {

  /** Value of the header {@code ETag}. */
  public String tag() {
    return "\"" + number + "\"";
  }

  /**
   * Lets a change of this version through.
   *
   * @param ifMatch header of the request; null when it has none
   * @param what the thing, for the message
   * @throws ApiException if the caller did not say which version, or said another one
   */
  public void require(@Nullable String ifMatch, String what) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw new ApiException(
          ErrorCode.VERSION_REQUIRED,
          "%s has the version %s; send the one that you have seen in the header If-Match"
              .formatted(what, tag()));
    }
    if (List.of(ifMatch.strip().split("\\s*,\\s*")).stream().noneMatch(this::matches)) {
      throw new ApiException(
          ErrorCode.VERSION_STALE,
          "%s has the version %s, but If-Match says %s; read it again and decide anew"
              .formatted(what, tag(), ifMatch));
    }
  }

  private boolean matches(String tag) {
    return tag.equals("*") || tag.equals(tag());
  }
}
