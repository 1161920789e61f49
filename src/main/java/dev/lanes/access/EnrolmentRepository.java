package dev.lanes.access;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface EnrolmentRepository extends Repository<Enrolment, UUID> {

  Optional<Enrolment> findBySha256(byte[] sha256);

  Enrolment save(Enrolment enrolment);

  /** Has enrolments of one host wait for each other. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("SELECT e FROM Enrolment e WHERE e.hostName = :hostName ORDER BY e.id")
  List<Enrolment> lockThoseOf(String hostName);

  /**
   * Uses the secret up.
   *
   * @return 0 if somebody else did, or it has expired
   */
  @Modifying
  @Query(
      """
      UPDATE Enrolment e SET e.usedAt = :now
      WHERE e.id = :id AND e.usedAt IS NULL AND e.expiresAt > :now
      """)
  int use(UUID id, Instant now);
}
