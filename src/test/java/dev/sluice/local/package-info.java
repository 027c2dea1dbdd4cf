/**
 * The cloud on a laptop, for tests and for {@code mvn spring-boot:test-run}: stand-ins for S3, DynamoDB, SQS and
 * Kinesis in processes of their own, and the part that Lambda plays between them. Nothing here is deployed.
 */
@NullMarked
package dev.sluice.local;

import org.jspecify.annotations.NullMarked;
