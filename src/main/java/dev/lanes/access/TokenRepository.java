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

interface TokenRepository extends Repository<Token, UUID> {

  Optional<Token> findById(UUID id);

  Optional<Token> findBySha256(byte[] sha256);

  List<Token> findAllByOrderByIdDesc();

  List<Token> findByHostNameAndRevokedAtIsNullOrderById(String hostName);

  Token save(Token token);

  /** Administrators' tokens that are accepted now; none of them is revoked meanwhile. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query(
      """
      SELECT t FROM Token t
      WHERE t.role = 'admin' AND t.revokedAt IS NULL
        AND (t.expiresAt IS NULL OR t.expiresAt > :now)
      ORDER BY t.id
      """)
  List<Token> lockAdmins(Instant now);

  /**
   * Ends the token.
   *
   * @return 0 if it had ended before
   */
  @Modifying
  @Query("UPDATE Token t SET t.revokedAt = :now WHERE t.id = :id AND t.revokedAt IS NULL")
  int revoke(UUID id, Instant now);
}
