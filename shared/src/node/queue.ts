/** The BullMQ queue between the api and the workers. */
export const QUEUE_NAME = 'predictions';
