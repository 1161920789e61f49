package dev.lanes.claim;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/claims")
class ClaimController {

  private final Claims claims;

  ClaimController(Claims claims) {
    this.claims = claims;
  }

  record ClaimList(List<ClaimView> items, @Nullable String next) {}

  @Operation(operationId = "listClaims", summary = "Published claims with their verdicts")
  @GetMapping
  ClaimList list() {
    return new ClaimList(claims.all(), null);
  }

  @Operation(
      operationId = "getClaim",
      summary = "One of them, with what its verdicts rest on and what earlier runs said")
  @GetMapping("/{id}")
  ClaimView get(@PathVariable String id) {
    return claims.get(id);
  }

  @Operation(operationId = "getClaimBadge", summary = "Its verdicts as a small picture")
  @GetMapping(path = "/{id}/badge.svg", produces = "image/svg+xml")
  ResponseEntity<String> badge(@PathVariable String id) {
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(Badge.of(claims.get(id)));
  }
}
