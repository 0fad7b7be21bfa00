/** SHA-256 of texts, files and folders: how data, models and environments are told apart. */
package io.mldelivery.digest;
