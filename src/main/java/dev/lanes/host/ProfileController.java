package dev.lanes.host;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/profiles")
class ProfileController {

  private final Profiles profiles;

  ProfileController(Profiles profiles) {
    this.profiles = profiles;
  }

  record ProfileList(List<ProfileView> items, @Nullable String next) {}

  @Operation(operationId = "listProfiles", summary = "Hardware profiles and who fulfils them")
  @GetMapping
  ProfileList list() {
    return new ProfileList(profiles.all(), null);
  }

  @Operation(operationId = "putProfile", summary = "Make or replace a hardware profile")
  @PutMapping("/{name}")
  ResponseEntity<ProfileView> put(
      @PathVariable String name,
      @RequestBody ProfileRequest request,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    Profiles.Put put = profiles.put(name, request, ifMatch);
    return ResponseEntity.status(put.made() ? HttpStatus.CREATED : HttpStatus.OK)
        .eTag(put.version().tag())
        .body(put.profile());
  }

  @Operation(operationId = "deleteProfile", summary = "Delete a hardware profile without jobs")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{name}")
  void delete(@PathVariable String name) {
    profiles.delete(name);
  }
}
