"""Files in a bucket of any store that speaks S3, uploaded there by browsers and looked at before they are stored."""
