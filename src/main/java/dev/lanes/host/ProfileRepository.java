package dev.lanes.host;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ProfileRepository extends Repository<HardwareProfile, String> {

  /** A host that may be given the jobs of a profile. */
  interface Fulfilment {

    String getHost();

    String getProfile();
  }

  /** Which active host fulfils which profile, by their names. */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT h.name AS host, f.profile AS profile
          FROM host_profile f
          JOIN host h ON h.id = f.host_id
          ORDER BY h.name, f.profile
          """)
  List<Fulfilment> fulfilments();

  List<HardwareProfile> findAllByOrderByName();

  Optional<HardwareProfile> findById(String name);

  /** Nothing else changes the profile until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from HardwareProfile p where p.name = :name")
  Optional<HardwareProfile> lockByName(String name);

  HardwareProfile save(HardwareProfile profile);

  void delete(HardwareProfile profile);

  void flush();
}
