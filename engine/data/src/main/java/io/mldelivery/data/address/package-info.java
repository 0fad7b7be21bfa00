/**
 * Fetches files from addresses ({@code https}, {@code s3}, {@code gs}) to this machine. Start at
 * {@link io.mldelivery.data.address.Addresses}.
 */
package io.mldelivery.data.address;
