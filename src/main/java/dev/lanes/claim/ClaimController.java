package dev.lanes.claim;

import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/claims")
class ClaimController {

  private final Claims claims;
  private final OwnClaims own;

  ClaimController(Claims claims, OwnClaims own) {
    this.claims = claims;
    this.own = own;
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

  @Operation(
      operationId = "makeClaim",
      summary = "Make a claim of your own; it is never changed, and repeating the call is harmless")
  @PutMapping("/{id}")
  ResponseEntity<ClaimView> make(
      @PathVariable String id, @RequestBody ClaimRequest request, Principal owner) {
    boolean made = own.make(id, request, owner.getName());
    return ResponseEntity.status(made ? HttpStatus.CREATED : HttpStatus.OK).body(claims.get(id));
  }

  @Operation(operationId = "deleteClaim", summary = "Delete a claim that somebody made")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{id}")
  void delete(@PathVariable String id) {
    own.delete(id);
  }
}
