package dev.lanes.host;

import dev.lanes.host.ProfileRepository.Fulfilment;
import dev.lanes.web.ApiException;
import dev.lanes.web.EntityVersion;
import dev.lanes.web.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Named requirements, and the hosts that fulfil them. */
@Service
@Transactional
class Profiles {

  private final ProfileRepository profiles;
  private final HostRepository hosts;
  private final Clock clock;

  Profiles(ProfileRepository profiles, HostRepository hosts, Clock clock) {
    this.profiles = profiles;
    this.hosts = hosts;
    this.clock = clock;
  }

  /** All profiles by name. */
  @Transactional(readOnly = true)
  public List<ProfileView> all() {
    Map<String, List<String>> fulfilledBy =
        profiles.fulfilments().stream()
            .collect(
                Collectors.groupingBy(
                    Fulfilment::getProfile,
                    Collectors.mapping(Fulfilment::getHost, Collectors.toList())));
    Instant since = clock.instant().minus(Hosts.ONLINE);
    Set<String> online =
        hosts.findAllByOrderByName().stream()
            .filter(host -> host.lastSeenAt().isAfter(since))
            .map(Host::name)
            .collect(Collectors.toSet());
    return profiles.findAllByOrderByName().stream()
        .map(profile -> {
          List<String> fulfilling = fulfilledBy.getOrDefault(profile.name(), List.of());
          return profile.view(fulfilling, fulfilling.stream().anyMatch(online::contains));
        })
        .toList();
  }

  /**
   * A profile as it is after a change.
   *
   * @param made whether it was not there before
   */
  record Put(boolean made, EntityVersion version, ProfileView profile) {}

  /**
   * Makes or replaces a profile. Jobs that wait for it go by what it asks for now.
   *
   * @param ifMatch the version that the caller has seen; null for a profile that is not there yet
   */
  public Put put(String name, ProfileRequest request, @Nullable String ifMatch) {
    refuseAny(name);
    ProfileRequirements wanted = ProfileRequirements.of(name, request);
    Optional<HardwareProfile> found = profiles.lockByName(name);
    if (found.isPresent()) {
      found.get().version().require(ifMatch, "Profile " + name);
      found.get().require(wanted);
    } else if (ifMatch != null) {
      throw new ApiException(
          ErrorCode.VERSION_STALE,
          "There is no profile \"%s\"; leave If-Match out to make it".formatted(name));
    }
    HardwareProfile profile = found.orElseGet(() -> new HardwareProfile(name, wanted));
    try {
      profiles.save(profile);
      profiles.flush();
    } catch (DataIntegrityViolationException e) {
      throw new ApiException(
          ErrorCode.VERSION_STALE,
          "Profile \"%s\" was made by another call meanwhile; read it and decide anew"
              .formatted(name));
    }
    return all().stream()
        .filter(view -> view.name().equals(name))
        .map(view -> new Put(found.isEmpty(), profile.version(), view))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Deletes a profile that no job refers to.
   *
   * @throws ApiException if there is none, or it must stay
   */
  public void delete(String name) {
    refuseAny(name);
    HardwareProfile profile =
        profiles
            .lockByName(name)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND, "There is no hardware profile \"%s\"".formatted(name)));
    try {
      profiles.delete(profile);
      profiles.flush();
    } catch (DataIntegrityViolationException e) {
      throw new ApiException(
          ErrorCode.PROFILE_IN_USE,
          "Jobs refer to the profile \"%s\", and their results need its name; it stays"
              .formatted(name));
    }
  }

  private static void refuseAny(String name) {
    if (name.equals(HardwareProfile.ANY)) {
      throw new ApiException(
          ErrorCode.PROFILE_FIXED,
          "The profile \"any\" asks for nothing and stays so; make another one");
    }
  }
}
