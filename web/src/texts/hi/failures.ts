import { IMAGE_MAX_BYTES } from '../../state/image-limit.ts';
import type * as english from '../en/failures.ts';
import { formatBytes } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const keptHere = 'आपकी तस्वीर यहाँ सुरक्षित है।';

const tooLarge = 'यह फ़ाइल बहुत बड़ी है।';
const sendAgain = 'इसे फिर भेजें।';
const waitedTooLong = 'तस्वीर कतार में बहुत देर रुकी।';
const sendPictureAgain = 'तस्वीर फिर भेजें।';
const sendPicturesAgain = 'तस्वीरें फिर भेजें।';
const reloadPage = 'पेज फिर से लोड करें।';
const tryInAMoment = 'थोड़ी देर में फिर कोशिश करें।';
const offline = 'आप ऑफ़लाइन हैं।';
const unreachable = 'सेवा तक पहुँच नहीं हो पा रही।';
const queueAway = 'अभी कतार तक पहुँच नहीं हो पा रही।';

export const serviceWords = false;

export const failures: Translation<typeof english.failures> = {
  'no-ink': { what: 'कोई अंक नहीं मिला।', next: 'इसे बड़ा या गहरा लिखें, या वैसी फ़ोटो लें।' },
  'too-large': {
    what: tooLarge,
    get next() {
      return IMAGE_MAX_BYTES === null
        ? 'छोटी तस्वीर भेजें।'
        : `छोटी तस्वीर भेजें, ज़्यादा से ज़्यादा ${formatBytes(IMAGE_MAX_BYTES)}।`;
    },
  },
  'too-large-for-proxy': {
    what: tooLarge,
    next: 'सेवा के आगे का सर्वर इसे आने नहीं देता। छोटी तस्वीर भेजें।',
  },
  'too-many-pixels': { what: 'इस तस्वीर में बहुत ज़्यादा पिक्सेल हैं।', next: 'इसे छोटा करें, या अंक तक काटें।' },
  'too-small': { what: 'यह तस्वीर पढ़ने के लिए बहुत छोटी है।', next: 'ज़्यादा पिक्सेल वाली तस्वीर भेजें।' },
  'unsupported-format': {
    what: 'यह ऐसी तस्वीर नहीं जिसे हम पढ़ सकें।',
    next: 'PNG, JPEG, WebP, GIF, TIFF, AVIF या BMP फ़ाइल चुनें।',
  },
  'unreadable-image': { what: 'यह तस्वीर ख़राब है।', next: 'इसे फिर से सहेजें, या दूसरी चुनें।' },
  'empty-file': { what: 'यह फ़ाइल खाली है।', next: 'दूसरी चुनें।' },
  'headers-too-large': {
    what: 'यह ब्राउज़र अपने अनुरोधों के साथ बहुत कुछ भेजता है।',
    next: 'इस साइट की कुकी मिटाएँ, फिर कोशिश करें।',
  },
  drained: { what: 'सेवा अभी तस्वीरें नहीं ले रही।', next: keptHere },
  'queue-full': { what: 'कतार अभी भरी हुई है।', next: keptHere },
  busy: { what: 'सेवा अभी व्यस्त है।', next: keptHere },
  'redis-unavailable': { what: queueAway, next: keptHere },
  canceled: { what: 'यह तस्वीर रद्द की गई।', next: sendAgain },
  'deadline-passed': { what: waitedTooLong, next: sendAgain },
  'upload-expired': { what: waitedTooLong, next: sendAgain },
  'upload-timeout': { what: 'भेजने में बहुत देर लगी।', next: 'फिर कोशिश करें, या छोटी तस्वीर चुनें।' },
  'worker-lost': { what: 'तस्वीर पढ़ते समय वर्कर बंद हो गए।', next: sendAgain },
  'prediction-expired': { what: 'यह नतीजा अब नहीं रखा गया है।', next: sendPictureAgain },
  'batch-expired': { what: 'ये नतीजे अब नहीं रखे गए हैं।', next: sendPicturesAgain },
  'batch-not-found': { what: 'सेवा इन तस्वीरों को नहीं जानती।', next: sendPicturesAgain },
  'prediction-not-found': { what: 'सेवा इस अनुमान को नहीं जानती।', next: sendPictureAgain },
  'feedback-full': { what: 'और राय के लिए जगह नहीं है।', next: 'किसी और दिन कोशिश करें।' },
  'feedback-off': { what: 'सेवा अब राय नहीं लेती।', next: reloadPage },
  internal: { what: 'सेवा में कुछ गड़बड़ हुई।', next: tryInAMoment },
  'unreadable-file': {
    what: 'यह फ़ाइल नहीं खुलती।',
    next: 'फ़ोल्डर नहीं पढ़ा जा सकता; उसके भीतर की तस्वीरें चुनें। हटाई गई फ़ाइल फिर से चुननी होगी।',
  },
  'not-sent': {
    what: 'यह तस्वीर नहीं भेजी गई।',
    next: 'बारी आने से पहले पेज दोबारा लोड हुआ। इसे फिर चुनें।',
  },
  'address-refused': {
    what: 'यह सेवा दूसरे पेजों से तस्वीरें नहीं लाती।',
    next: 'तस्वीर सहेजें, फिर यहाँ चुनें, या तस्वीर ही कॉपी करके पेस्ट करें।',
  },
  'fetch-refused': {
    what: 'सेवा को इस पते से कुछ लाने की अनुमति नहीं है।',
    next: 'तस्वीर सहेजें, फिर यहाँ चुनें।',
  },
  'fetch-failed': {
    what: 'इस पते से कोई तस्वीर नहीं मिली।',
    next: 'पता जाँचें, या तस्वीर सहेजकर यहाँ चुनें।',
  },
  'changed-file': {
    what: 'यह फ़ाइल अब नहीं पढ़ी जा सकती।',
    next: 'चुनने के बाद यह बदल गई, या ब्राउज़र इसे नहीं खोल सकता। इसे फिर चुनें।',
  },
  'altered-drawing': {
    what: 'इस ब्राउज़र ने आपका लिखा बदल दिया।',
    next: 'फ़िंगरप्रिंटिंग से बचाव पेज के चित्र बदल देता है, इसलिए कुछ नहीं भेजा गया। इस पेज को कैनवास डेटा की अनुमति दें, या फ़ोटो भेजें।',
  },
  'page-error': {
    what: 'इस पेज पर कुछ गड़बड़ हुई।',
    next: 'इसे फिर से लोड करें। न चले तो ब्राउज़र शायद पुराना है: उसे अपडेट करें।',
  },
  offline: { what: offline, next: 'नेटवर्क लौटने पर पढ़ना जारी रहेगा।' },
  unreachable: { what: unreachable, next: keptHere },
  'unexpected-response': {
    what: 'सेवा का जवाब यह पेज नहीं समझ पाया।',
    next: reloadPage,
  },
};

export const otherFailure: Translation<typeof english.otherFailure> = {
  what: 'सेवा ने यह तस्वीर नहीं ली।',
  next: 'पेज फिर से लोड करें, या दूसरी तस्वीर आज़माएँ।',
};

export const resultMayBeThere = 'नतीजा शायद अब भी वहाँ हो।';

const noResult = {
  what: 'इस लिंक पर कोई नतीजा नहीं है।',
  next: 'देखें कि पूरा लिंक कॉपी हुआ या नहीं, या नया लिखें।',
};

export const resultFailures: Translation<typeof english.resultFailures> = {
  'prediction-expired': {
    what: 'इस नतीजे का समय बीत गया।',
    next: 'नतीजे कुछ समय ही रखे जाते हैं। अंक फिर से लिखें या भेजें।',
  },
  'prediction-not-found': noResult,
  'invalid-request': noResult,
  offline: { what: offline, next: 'नेटवर्क लौटने पर नतीजा आएगा।' },
  unreachable: { what: unreachable, next: resultMayBeThere },
  'redis-unavailable': { what: queueAway, next: resultMayBeThere },
};

export const batchFailures: Translation<typeof english.batchFailures> = {
  'batch-expired': {
    what: 'इन तस्वीरों का समय बीत गया।',
    next: 'नतीजे कुछ समय ही रखे जाते हैं। तस्वीरें फिर भेजें।',
  },
  'batch-not-found': {
    what: 'इस लिंक पर कोई तस्वीर नहीं है।',
    next: 'देखें कि पूरा लिंक कॉपी हुआ या नहीं, या तस्वीरें फिर भेजें।',
  },
};

export const otherResultFailure: Translation<typeof english.otherResultFailure> = {
  what: 'नतीजा नहीं दिखाया जा सकता।',
  next: tryInAMoment,
};
